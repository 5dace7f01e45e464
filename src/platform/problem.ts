/** Refusals and faults as they leave: problem+json. */
import type { FastifyError, FastifyReply } from 'fastify'
import type { Issue } from '#kernel/issue.ts'

const problemTitle: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Refused',
  429: 'Too many requests',
  500: 'Fault',
  503: 'Busy',
}

/** Answers with RFC 9457 problem+json: every issue, and a correlation id. */
export const sendProblem = (reply: FastifyReply, status: number, issues: Issue[], correlationId: string): FastifyReply =>
  reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: problemTitle[status] ?? 'Refused', status, correlationId, issues }))

const validationIssues = (error: FastifyError): Issue[] =>
  (error.validation ?? []).map((v) => {
    const extra = (v.params as { missingProperty?: string; additionalProperty?: string }) ?? {}
    const name = extra.missingProperty ?? extra.additionalProperty
    return {
      code: 'request.invalid',
      severity: 'error' as const,
      path: `${v.instancePath}${name ? `/${name}` : ''}`,
      params: { rule: v.keyword, message: v.message ?? '', where: error.validationContext ?? 'body' },
    }
  })

/** What a request that could not be read, or a fault, is answered with; a fault shows no internals. */
export const faultIssues = (error: FastifyError): { status: number; issues: Issue[] } => {
  // An address that cannot be the name of anything names nothing: people mistype it, or follow an old link.
  if (error.validationContext === 'params') return { status: 404, issues: [{ code: 'request.not_found', severity: 'error', path: '' }] }
  if (error.validation) return { status: 400, issues: validationIssues(error) }
  const known: Record<string, [number, string]> = {
    FST_ERR_CTP_BODY_TOO_LARGE: [413, 'request.too_large'],
    FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'request.unsupported_media'],
    FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'request.malformed'],
    FST_ERR_CTP_INVALID_JSON_BODY: [400, 'request.malformed'],
  }
  const hit = known[error.code] ?? (error instanceof SyntaxError || (error.statusCode ?? 500) === 400 ? ([400, 'request.malformed'] as const) : null)
  if (hit) return { status: hit[0], issues: [{ code: hit[1], severity: 'error', path: '' }] }
  return { status: 500, issues: [{ code: 'system.fault', severity: 'error', path: '' }] }
}
