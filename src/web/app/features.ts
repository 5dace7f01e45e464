/** Every feature of the web application. A new one adds its line; its pages are loaded when they are opened. */
import { audit } from '../features/audit/index.ts'
import { cash } from '../features/cash/index.ts'
import { compliance } from '../features/compliance/index.ts'
import { declaration } from '../features/declaration/index.ts'
import { developer } from '../features/developer/index.ts'
import { imageCentre } from '../features/inspection/centre.ts'
import { inspection } from '../features/inspection/index.ts'
import { administration } from '../features/people/index.ts'
import { payments } from '../features/payments/index.ts'
import { revenue } from '../features/revenue/index.ts'
import { risk } from '../features/risk/index.ts'
import { supervision } from '../features/supervision/index.ts'
import { tariff } from '../features/tariff/index.ts'
import { trade } from '../features/trade/index.ts'
import { work } from '../features/work/index.ts'
import type { Feature } from './feature.ts'

export const features: readonly Feature[] = [
  trade,
  payments,
  declaration,
  work,
  cash,
  revenue,
  risk,
  compliance,
  supervision,
  imageCentre,
  inspection,
  audit,
  tariff,
  developer,
  administration,
]
