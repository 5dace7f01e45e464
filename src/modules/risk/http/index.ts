import type { Route } from '#platform/http.ts'
import type { Risk } from '../service/live.ts'
import { alarmRoutes } from './alarms.ts'
import { capacityRoutes } from './capacity.ts'
import { decisionRoutes } from './decisions.ts'
import { entityRoutes } from './entities.ts'
import { listRoutes } from './lists.ts'
import { modelRoutes } from './models.ts'
import { pastRoutes } from './past.ts'
import { profileRoutes } from './profiles.ts'
import { referralRoutes } from './referrals.ts'
import { resultRoutes } from './results.ts'

export const routes = (r: Risk): Route[] => [
  ...profileRoutes(r),
  ...listRoutes(r),
  ...decisionRoutes(r),
  ...alarmRoutes(r),
  ...capacityRoutes(r),
  ...modelRoutes(r),
  ...pastRoutes(r),
  ...resultRoutes(r),
  ...entityRoutes(r),
  ...referralRoutes(r),
]
