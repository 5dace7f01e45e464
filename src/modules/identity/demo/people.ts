/** The people of Verania whom one can sign in as, all invented. Order = order on the sign-in page. */
import { createHash } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import type { RoleName } from '../roles.ts'

export type DemoPerson = {
  key: string
  id: string
  name: string
  email: string
  /** shown on the sign-in page; the first of `roles` */
  role: RoleName
  roles: readonly { role: RoleName; office: string | null }[]
  organisation: string | null
  office: string | null
  /** what this person does today */
  line: string
}

const began = Date.UTC(2026, 0, 5)
/** The same identifier at every start, so that links and scripts of a demo go on working. */
export const demoId = (kind: string, key: string): string => uuidv7(began, createHash('sha256').update(`${kind}/${key}`).digest().subarray(0, 10))

export const offices = { sea: 'XV000101', air: 'XV000201', land: 'XV000301', inland: 'XV000401', post: 'XV000501' } as const

const addressOf = (name: string, domain: string): string =>
  `${name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '.')}@${domain}.example`

const outside = (key: string, name: string, role: 'trader' | 'broker' | 'carrier', organisation: string, line: string): DemoPerson => ({
  key,
  id: demoId('person', key),
  name,
  email: addressOf(name, organisation),
  role,
  roles: [{ role, office: null }],
  organisation,
  office: null,
  line,
})

const inside = (key: string, name: string, roles: readonly RoleName[], at: readonly string[] | null, line: string): DemoPerson => ({
  key,
  id: demoId('person', key),
  name,
  email: addressOf(name, 'customs'),
  role: roles[0]!,
  organisation: 'customs',
  office: at?.[0] ?? null,
  line,
  roles: roles.flatMap((role) => (at ?? [null]).map((office) => ({ role, office }))),
})

const agency = (key: string, name: string, role: RoleName, organisation: string, line: string): DemoPerson => ({
  ...inside(key, name, [role], null, line),
  organisation,
  email: addressOf(name, organisation),
})

export const demoPeople: readonly DemoPerson[] = [
  outside('broker', 'Amara Lindqvist', 'broker', 'halberd', 'Lodges today’s arrivals at the sea port for fourteen importers and exporters'),
  inside(
    'officer-sea',
    'Daniela Osei',
    ['officer', 'examiner'],
    [offices.sea],
    'Works the queue at Port Marrin: checks documents, examines goods, releases',
  ),
  outside('trader-meridian', 'Noor Castellanos', 'trader', 'meridian', 'Imports televisions and headphones; follows what the broker lodged and pays'),
  inside(
    'supervisor-sea',
    'Zainab Eriksen',
    ['supervisor'],
    [offices.sea],
    'Heads Port Marrin: shares out the work, lowers lanes, gives the second signature',
  ),
  inside('cashier', 'Priya Novak', ['cashier'], [offices.sea, offices.land], 'Takes duty and VAT over the counter and closes the day’s sum'),
  inside(
    'accountant',
    'Leila Hartono',
    ['accountant'],
    null,
    'Matches the bank’s report with debts, looks at refunds, recovers what is late, closes the books',
  ),
  inside(
    'revenue-manager',
    'Anders Quispe',
    ['revenue-manager'],
    null,
    'Watches revenue and gives the second signature on refunds, instalments and what is given up',
  ),
  outside('broker-air', 'Tomasz Ferreira', 'broker', 'lantern', 'Clears air freight and parcels for ten firms at Halden Airport'),
  outside('trader-sunfold', 'Ingrid Mbeki', 'trader', 'sunfold', 'Has a shipload of citrus that must not wait'),
  outside('trader-castellane', 'Ravi Montoya', 'trader', 'castellane', 'Imports wine and spirits under excise'),
  outside('trader-cobalt', 'Kenji Alvarado', 'trader', 'cobalt', 'Files himself, without a broker: bicycle parts by the dozen'),
  outside('trader-northlight', 'Saoirse Tanaka', 'trader', 'northlight', 'Receives clothing samples through the post hub'),
  outside('trader-machine-tools', 'Yusuf Halvorsen', 'trader', 'machine-tools', 'Exports lathes across Tarn Bridge'),
  outside('carrier', 'Marta Kovacs', 'carrier', 'tarn-haulage', 'Sends Tarn Valley’s lorries across the country under seal'),
  inside('examiner-sea', 'Bao Petrov', ['examiner'], [offices.sea], 'Opens containers on the quay and records what is found'),
  inside('officer-air', 'Farid Johansson', ['officer'], [offices.air], 'Checks documents for air freight at Halden'),
  inside('examiner-air', 'Chiara Mensah', ['examiner'], [offices.air], 'Examines parcels and pallets in the cargo shed'),
  inside('officer-land', 'Mateus Kowalczyk', ['officer', 'examiner'], [offices.land], 'Keeps the lorries moving at Tarn Bridge'),
  inside(
    'officer-inland',
    'Hana Moreau',
    ['officer', 'examiner'],
    [offices.inland],
    'Clears machine parts at the traders’ own premises around Orrin',
  ),
  inside('officer-post', 'Olena Barros', ['officer', 'examiner'], [offices.post], 'Sorts out the post that declares too little'),
  inside('supervisor-country', 'Viktor Amadi', ['supervisor'], null, 'Heads all offices: sees every queue and gives second signatures anywhere'),
  inside('exit-officer', 'Emeka Sorensen', ['exit-officer'], [offices.land, offices.sea, offices.air], 'Records arrivals and exits at the border'),
  inside('control-room', 'Noa Lindahl', ['control-room-operator'], null, 'Watches every sealed truck in the country and answers its alarms'),
  inside(
    'escort-land',
    'Tariq Solberg',
    ['escort-officer'],
    [offices.land, offices.sea],
    'Arms seals on transit trucks at Tarn Bridge and takes them off at Port Marrin',
  ),
  inside('escort-sea', 'Leila Aasen', ['escort-officer'], [offices.sea], 'Takes over sealed trucks at Port Marrin and shares the leave to open them'),
  inside('scanner-air', 'Sunniva Achterberg', ['scanner-operator'], [offices.air], 'Runs the baggage scanners in the arrivals hall at Halden'),
  inside('analyst-air', 'Malik Thorvald', ['image-analyst'], [offices.air], 'Reads X-ray images of bags as they come off the belt'),
  inside('analyst-second', 'Ines Baptiste', ['image-analyst'], [offices.air], 'Reads again, blind, what the lot or a conflict sends her'),
  inside('analyst-third', 'Oskar Lunde', ['image-analyst'], [offices.air], 'Is new in the image room and practises on projected pictures'),
  inside(
    'image-supervisor',
    'Catalina Vance',
    ['image-supervisor'],
    [offices.air, offices.sea],
    'Heads the image room: watches how well people and models read',
  ),
  inside(
    'escort-air',
    'Ama Brandt',
    ['escort-officer'],
    [offices.air, offices.inland],
    'Seals air freight at Halden for the road, and opens what arrives at Orrin',
  ),
  inside(
    'image-supervisor-second',
    'Idris Falkenrath',
    ['image-supervisor'],
    [offices.sea, offices.air],
    'Approves what the image room proposes, never his own',
  ),
  inside('tariff', 'Anneli Okafor', ['tariff-officer'], null, 'Keeps the tariff: drafts new rates and sees what they would have brought'),
  inside('tariff-second', 'Rashid Lindgren', ['tariff-officer'], null, 'Puts changes of the tariff into force, never his own'),
  inside('risk-analyst', 'Solveig Adebayo', ['risk-analyst'], null, 'Writes criteria, asks them of last year’s trade, trains the model'),
  inside('targeting', 'Mikkel Andrade', ['targeting-officer'], null, 'Watches what arrives next and asks before it is loaded'),
  inside('risk-head', 'Thandiwe Kovacs', ['risk-head'], null, 'Puts criteria, rates and models into force, never her own'),
  agency('agency-food', 'Lucia Halloran', 'agency-analyst', 'agency-food', 'Chooses food consignments for the Food Safety Agency on the same stream'),
  agency('agency-food-head', 'Bjarne Okonkwo', 'agency-head', 'agency-food', 'Approves what the Food Safety Agency asks for at the border'),
  inside('auditor', 'Miriam Vasquez', ['auditor'], null, 'Asks who did what, when and why, and proves that nothing was altered'),
  inside('administrator', 'Jonas Adeyemi', ['administrator'], null, 'Invites people, gives roles and takes them away; decides on no goods'),
]

/** A person of the demo by key; throws when there is none such. */
export const demoPerson = (key: string): DemoPerson => {
  const found = demoPeople.find((p) => p.key === key)
  if (!found) throw new RangeError(`no demo person ${key}`)
  return found
}
