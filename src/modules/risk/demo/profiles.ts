/** The demo country's criteria in the profile language: customs' own, one of the Food Safety Agency, and three that script the trader test service. */
import type { ProfileDraft, ProfileStatus } from '../schema/profile.ts'

export type DemoProfile = Omit<ProfileDraft, 'secrecy'> & {
  secrecy?: ProfileDraft['secrecy']
  /** whose it is */ agency: 'customs' | 'agency-food'
  /** how far it has come */ status: Extract<ProfileStatus, 'active' | 'submitted' | 'draft'>
}

const customs = (
  code: string,
  control: ProfileDraft['control'],
  text: string,
  change: Partial<Pick<DemoProfile, 'blocking' | 'mandatory' | 'secrecy' | 'status' | 'administration'>> = {},
): DemoProfile => ({
  code,
  administration: 'XV',
  control,
  blocking: control !== 'none',
  mandatory: false,
  agency: 'customs',
  status: 'active',
  text,
  ...change,
})

export const demoProfiles: readonly DemoProfile[] = [
  customs(
    'N-TOBACCO',
    'both',
    `profile "Tobacco products" scope national lane red percent 100
when any item (hs under "24") and regime = "import"
instruct "Count cartons against the packing list and check the fiscal marks."`,
    { mandatory: true },
  ),
  customs(
    'N-ALCOHOL-LOW',
    'documentary',
    `profile "Spirits with a low declared value" scope national lane yellow percent 100
when any item (hs under "2208") and totalValue < 2000
instruct "Compare the unit price with the contract and the payment."`,
  ),
  customs(
    'N-PREF-PROOF',
    'documentary',
    `profile "Preference claimed" scope national lane yellow percent 15 maxRun 20
when any item (preference in ("200", "300", "320", "400"))
instruct "Check the proof of origin: form, date, approved exporter."`,
  ),
  customs(
    'N-USED-CARS',
    'physical',
    `profile "Motor cars" scope national lane red percent 40
when any item (hs under "8703")
instruct "Check chassis numbers and first registration."`,
  ),
  customs(
    'N-WASTE',
    'both',
    `profile "Waste and scrap" scope national lane red percent 60
when any item (description contains "scrap")
instruct "Check for hazardous waste; measure radiation."`,
  ),
  customs(
    'N-HIGH-VALUE',
    'none',
    `profile "Very high customs value" scope national lane blue percent 100
when totalValue > 250000
instruct "Post-clearance audit of the valuation."`,
  ),
  customs(
    'N-ORIGIN-SWITCH',
    'none',
    `profile "Preference with an origin that is new for this firm" scope national lane blue percent 100
# an importer who never brought these goods from there claims a preference for it
when any item (preference.claimed and history(importer, hs4, 365d).share(origin) < 0.05)
instruct "Verify the proof of origin afterwards with the issuing authority."`,
    { secrecy: 'restricted' },
  ),
  customs(
    'N-WATCHED-FIRMS',
    'both',
    `profile "Firms under investigation" scope national lane red percent 100
when importer in list "watched-firms" or exporter in list "watched-firms"
instruct "Open every package. Call the investigation desk before release."`,
    { mandatory: true, secrecy: 'secret' },
  ),
  customs(
    'L-POST-TEXTILE',
    'physical',
    `profile "Clothing through the postal hub" scope office "XV000501" lane red percent 25
valid 2020-01-01..2099-12-31
when any item (hs under "6")
instruct "Check marks for counterfeits."`,
  ),
  customs(
    'N-PHONES-LIGHT',
    'physical',
    `profile "Telephones that weigh too little" scope national lane red percent 50
when any item (hs under "8517" and netMass < 50 kg and value / mass > 400)
instruct "Count the telephones and weigh ten of them."`,
    { status: 'submitted' },
  ),
  customs(
    'N-THIRD-PARCEL',
    'documentary',
    `profile "Third consignment in a month just below the threshold" scope national lane yellow percent 30
when totalValue < 150 and history(importer, 30d).count >= 2
instruct "Look for a consignment that was split."`,
    { status: 'draft' },
  ),
  {
    ...customs(
      'FSA-SEAFOOD',
      'documentary',
      `profile "Chilled fish without a catch certificate" scope national lane yellow percent 100
when any item (hs under "0302") and not (documents contains "C673")
instruct "Ask for the catch certificate."`,
      { secrecy: 'restricted' },
    ),
    agency: 'agency-food',
  },
  ...(
    [
      ['T-PHYSICAL', 'physical', 'Trader test: physical control', 'red', 'ttimportphysical', true],
      ['T-DOC-BLOCKING', 'documentary', 'Trader test: blocking document control', 'yellow', 'ttimportdocblocking', true],
      ['T-DOC-NONBLOCKING', 'documentary', 'Trader test: document control beside release', 'blue', 'docnonblocking', false],
    ] as const
  ).map(([code, control, name, lane, word, blocking]) =>
    customs(
      code,
      control,
      `profile "${name}" scope national lane ${lane} percent 100
when any item (description contains "${word}")
instruct "Scripted scenario."`,
      { administration: 'GB', blocking },
    ),
  ),
]

/** Named lists, by name: what they are for, and what is in them. */
export const demoLists: readonly { name: string; about: string; entries: readonly string[] }[] = [
  {
    name: 'watched-firms',
    about: 'Operators under investigation, by registration; reviewed each month',
    entries: ['XV009999900015', 'XV009999900023'],
  },
  { name: 'sanctioned-goods', about: 'Commodity codes that no consignment from a listed country may hold', entries: ['9301', '9302', '9306'] },
]

/** What analysts noted of demo firms (by key of the organisation): a network that the register alone does not show. */
export const demoTies = [
  { kind: 'phone', value: '+999 555 0142', firm: 'cobalt', source: 'Letterhead of an invoice, May 2026' },
  { kind: 'phone', value: '+999 555 0142', firm: 'abacus', source: 'Register of telephones' },
  { kind: 'director', value: 'R. Hollander', firm: 'abacus', source: 'Register of companies' },
  { kind: 'director', value: 'R. Hollander', firm: 'anvil', source: 'Register of companies' },
  { kind: 'bank-account', value: 'XV71 0000 0000 4417', firm: 'anvil', source: 'Payment of duty for another firm' },
  { kind: 'bank-account', value: 'XV71 0000 0000 4417', firm: 'cobalt', source: 'Deferment account' },
] as const
