import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

export const registry = new Registry()
collectDefaultMetrics({ register: registry })

export const httpSeconds = new Histogram({
  name: 'portcullis_http_seconds',
  help: 'Time to answer a request',
  labelNames: ['method', 'route', 'status'] as const,
  registers: [registry],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
})
export const commandsTotal = new Counter({
  name: 'portcullis_commands_total',
  help: 'Commands decided, by subject, command and outcome',
  labelNames: ['subject', 'command', 'outcome'] as const,
  registers: [registry],
})
export const jobsTotal = new Counter({
  name: 'portcullis_jobs_total',
  help: 'Background jobs by task and outcome',
  labelNames: ['task', 'outcome'] as const,
  registers: [registry],
})
