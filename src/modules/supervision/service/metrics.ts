/** What the gateway counts; nothing that it refuses goes uncounted. */
import { Counter, Gauge, Histogram } from 'prom-client'
import { registry } from '#platform/metrics.ts'

const registers = [registry]
export const recordsTotal = new Counter({
  name: 'portcullis_seal_records_total',
  help: 'Records kept, by protocol',
  labelNames: ['protocol'] as const,
  registers,
})
export const refusedTotal = new Counter({
  name: 'portcullis_seal_refused_total',
  help: 'What the gateway refused, by reason',
  labelNames: ['reason'] as const,
  registers,
})
export const connectionsOpen = new Gauge({ name: 'portcullis_seal_connections', help: 'Open connections of devices', registers })
export const brokerConnected = new Gauge({
  name: 'portcullis_seal_broker_connected',
  help: '1 while the broker of SEAL_BROKER is connected',
  registers,
})
export const brokerMessages = new Counter({
  name: 'portcullis_seal_broker_messages_total',
  help: 'Messages from the broker of SEAL_BROKER, by what became of them',
  labelNames: ['fate'] as const,
  registers,
})
export const alarmSeconds = new Histogram({
  name: 'portcullis_alarm_seconds',
  help: 'From the receipt of a live record to its alarm, committed',
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
  registers,
})
