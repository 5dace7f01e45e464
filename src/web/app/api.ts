/**
 * The one way to the server.
 *   get('/api/declarations', { page: 2 })            → the value, or throws a fault that carries a Problem
 *   send('POST', '/api/declarations', document)      → { ok: true, value } or { ok: false, problem }: a refusal is a value
 * When the session has run out, or a command wants to know again who is there, the shell asks above the page, and the very same request
 * (same Idempotency-Key) goes out once more; nobody loses what was typed.
 */
import type { Issue } from '#kernel/issue.ts'

/** RFC 9457, as every refusal and fault of the server arrives. Status 0: the server was not reached. */
export type Problem = { status: number; title: string; correlationId: string | null; issues: Issue[] }
export type Reply<T> = { ok: true; value: T } | { ok: false; problem: Problem }
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const faults = new WeakMap<Error, Problem>()

/** The problem inside a fault that `get` threw; null for any other exception. */
export const problemOf = (fault: unknown): Problem | null => (fault instanceof Error ? (faults.get(fault) ?? null) : null)

const unknown: Problem = { status: 500, title: '', correlationId: null, issues: [{ code: 'system.fault', severity: 'error', path: '' }] }
/** The problem to show for any exception: that of the server, or that something went wrong. */
export const problemIn = (fault: unknown): Problem => problemOf(fault) ?? unknown

const asFault = (problem: Problem): Error => {
  const fault = new Error(problem.title)
  faults.set(fault, problem)
  return fault
}

/** Asked by the shell's dialogs; true = done, send it again. Until the shell is there nobody can be asked. */
export const prompts: { signIn: () => Promise<boolean>; stepUp: () => Promise<boolean> } = { signIn: async () => false, stepUp: async () => false }

/** Whoever wants to know whether the server was reached at the last request. */
export const reach: { report: (reached: boolean) => void } = { report: () => undefined }

export const addressOf = (path: string, query: Query = {}): string => {
  const filled = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(filled.map(([name, value]) => [name, String(value)])).toString()
  return text ? `${path}${path.includes('?') ? '&' : '?'}${text}` : path
}

const unreachable: Problem = {
  status: 0,
  title: 'unreachable',
  correlationId: null,
  issues: [{ code: 'network.unreachable', severity: 'error', path: '' }],
}

const problemFrom = async (response: Response): Promise<Problem> => {
  const body = (await response.json().catch(() => null)) as Partial<Problem> | null
  const issues = body?.issues?.length
    ? body.issues
    : [{ code: response.status === 404 ? 'request.not_found' : 'system.fault', severity: 'error' as const, path: '' }]
  return {
    status: response.status,
    title: body?.title ?? response.statusText,
    correlationId: body?.correlationId ?? response.headers.get('x-correlation-id'),
    issues,
  }
}

const isAbort = (fault: unknown): boolean => fault instanceof DOMException && fault.name === 'AbortError'

const once = async (address: string, init: RequestInit): Promise<Response | null> => {
  try {
    const response = await fetch(address, init)
    reach.report(true)
    return response
  } catch (fault) {
    if (isAbort(fault)) throw fault
    reach.report(false)
    return null
  }
}

const has = (problem: Problem, code: string): boolean => problem.issues.some((issue) => issue.code === code)

/** May the request go out again? Asks whoever sits there when that is what is missing. */
const mended = (problem: Problem): Promise<boolean> => {
  if (problem.status === 401 && has(problem, 'access.not_signed_in')) return prompts.signIn()
  if (problem.status === 403 && has(problem, 'identity.step_up_required')) return prompts.stepUp()
  return Promise.resolve(false)
}

type Options = {
  signal?: AbortSignal
  /** the Idempotency-Key; a new one when absent */ key?: string
  /** 401 is an answer here, not a reason to ask */ quiet?: boolean
}

const request = async (method: Method, address: string, body: unknown, options: Options): Promise<Reply<Response>> => {
  const isFile = body instanceof Blob
  const key = options.key ?? crypto.randomUUID()
  const headers: Record<string, string> = {
    accept: 'application/json',
    ...(method !== 'GET' && { 'idempotency-key': key }),
    ...(body !== undefined && { 'content-type': isFile ? body.type || 'application/octet-stream' : 'application/json' }),
  }
  const init: RequestInit = { method, headers, signal: options.signal, ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }) }
  for (let left = 3; ; left -= 1) {
    const response = await once(address, init)
    if (!response) return { ok: false, problem: unreachable }
    if (response.ok) return { ok: true, value: response }
    const problem = await problemFrom(response)
    if (options.quiet || left === 0 || !(await mended(problem))) return { ok: false, problem }
  }
}

const valueOf = async <T>(response: Response): Promise<T> => {
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return (isJson ? await response.json() : await response.text()) as T
}

/** Reads; throws a fault that carries the problem (`problemOf`). */
export const get = async <T>(path: string, query: Query = {}, options: Pick<Options, 'signal' | 'quiet'> = {}): Promise<T> => {
  const reply = await request('GET', addressOf(path, query), undefined, options)
  if (!reply.ok) throw asFault(reply.problem)
  return valueOf<T>(reply.value)
}

/** Reads bytes; throws as `get` does. */
export const getBytes = async (path: string, query: Query = {}, options: Pick<Options, 'signal'> = {}): Promise<ArrayBuffer> => {
  const reply = await request('GET', addressOf(path, query), undefined, options)
  if (!reply.ok) throw asFault(reply.problem)
  return reply.value.arrayBuffer()
}

/** Sends a command; a refusal is a value with every issue. Give `key` to repeat an attempt; `useCommand` does that by itself. */
export const send = async <T>(method: Exclude<Method, 'GET'>, path: string, body?: unknown, options: Options = {}): Promise<Reply<T>> => {
  const reply = await request(method, path, body, options)
  return reply.ok ? { ok: true, value: await valueOf<T>(reply.value) } : reply
}

/** Gives the reader a file. */
export const saveFile = (content: Blob, name: string): void => {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Fetches a file and hands it to the browser to save, under the name that the server gave. */
export const download = async (path: string, query: Query = {}, otherwise = 'file'): Promise<Reply<null>> => {
  const reply = await request('GET', addressOf(path, query), undefined, {})
  if (!reply.ok) return reply
  const name = /filename="([^"]+)"/.exec(reply.value.headers.get('content-disposition') ?? '')?.[1] ?? otherwise
  saveFile(await reply.value.blob(), name)
  return { ok: true, value: null }
}
