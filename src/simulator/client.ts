/** The simulator's way to the administration: its public interface, signed in as people of the demo. */
export type Answer = { status: number; value: unknown; setCookie: string[] }

export const call = async (address: string, method: string, path: string, cookie: string, body?: unknown): Promise<Answer> => {
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...(cookie && { cookie }), 'idempotency-key': crypto.randomUUID() },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, value: await response.json().catch(() => null), setCookie: response.headers.getSetCookie() }
}

/** The cookie of a new session of a demo person; null where there is no such sign-in. */
export const signInAs = async (address: string, personId: string): Promise<string | null> => {
  const answer = await call(address, 'POST', '/api/demo/sign-in', '', { personId })
  return answer.status >= 300 ? null : answer.setCookie.map((c) => c.split(';')[0]).join('; ')
}
