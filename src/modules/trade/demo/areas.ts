/** Groups of countries with which Verania has agreements, all invented; 1011 is everybody. */
import type { Area } from '../schema.ts'

const founded = '2020-01-01'
const area = (code: string, en: string, members: string): Area => ({
  code,
  names: { en },
  members: members.split(' ').filter(Boolean),
  validFrom: founded,
})

export const demoAreas: readonly Area[] = [
  area('1011', 'All countries', ''),
  area(
    '2005',
    'Developing countries under the general preference',
    'BD BJ BT ET GH GM HT ID IN KE KH KG LA LK LS MG ML MM MN MW MZ NP NE PH PK RW SN TJ TL TZ UG UZ VN VU YE ZM',
  ),
  area('3010', 'Levant Partnership Agreement', 'DZ EG IL JO LB MA PS TN TR'),
  area('3020', 'Southern Trade Agreement', 'AR BR BW CL CO KR LS MU MX NA NZ PE SG SZ UY ZA'),
  area('3030', 'European Association Agreement', 'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'),
]
