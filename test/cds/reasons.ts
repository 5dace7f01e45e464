/** Why the administration answers otherwise than the pack in these places. One reason each; what agrees again comes off the list. */
import type { Aspect } from './compare.ts'

type Reasons = Partial<Record<Aspect, string>>

const licensed = 'a licensed quota of the same licence is settled at once elsewhere (TT_IM044a, TT_IM045a, TT_IM121a); here it is only released'
const publishedPrices =
  'the value comes from unit prices that an authority publishes; neither they nor the value are in the message, so an officer must assess'
const receipt = 'the description counts a receipt that the movement report got; folders of the same kind show none'
const inwardProcessing = 'VAT on nothing, yet the notice takes the suspended duty off its base: no rule of the message explains it'

const sequences: Readonly<Record<string, string>> = {
  TT_EX005a: 'the description lists a receipt in the place of the clearance',
  TT_EX021a: 'the description lists the refusal of the first declaration under the inventory system, not under the trader',
  TT_EX031a: 'declared as arrived, described like a pre-lodged one',
  TT_EX034a: receipt,
  TT_EX039a: 'the folder keeps a receipt of the movement report, and no exit though the goods depart',
  TT_EX054a: receipt,
  TT_EX055a: 'queries (function 51) of the certificate exchange: no message of that kind is in the pack',
  TT_IM003a:
    'the description tells of validation by the inventory system, whose messages are not in the folder, and of tax notices that other folders of its data set do not get',
  TT_IM026a: 'the folder lacks the final tax notice that its description lists',
  TT_IM062a: 'queries (function 51): no message of that kind is in the pack',
  TT_IM076b: 'the description leaves out the receipts of a pre-lodged declaration',
  TT_IM103a: publishedPrices,
  TT_IM136a: 'the description counts one receipt where lodging and arrival give two',
  TT_IM159a: publishedPrices,
  TT_IM160a: publishedPrices,
  TT_IM161a: publishedPrices,
  TT_IM183a: 'the folder lacks the receipt of the arrival, which the others of its kind have',
  TT_IM219a: licensed,
}

const taxes: Readonly<Record<string, string>> = {
  TT_FI001a: 'VAT on nothing, taken of the value alone; elsewhere relieved duty is part of the base',
  TT_IM026a: 'a safeguard security (CSD) beside the duties: its rate stands in no message',
  TT_IM030a: 'a security (MDP) for the difference to the full duty, which two others of the same kind do not get',
  TT_IM040a: inwardProcessing,
  TT_IM060a: 'the notice names preference 400 where 300 was declared',
  TT_IM065a: 'its notices are of two years with two rates of the quota: the first is of 2026, the others of 2021',
  TT_IM130a: 'the agricultural component is told as a second line of the same duty, of nothing',
  TT_IM131a: 'the agricultural component is told as a second line of the same duty, of nothing',
  TT_IM157a: 'lines of type STA: no text of the pack says what they are',
  TT_IM186a: inwardProcessing,
  TT_IM219a: licensed,
}

const names = [...new Set([...Object.keys(sequences), ...Object.keys(taxes)])]

/** Versions differ exactly where the sequence does. */
export const reasons: Readonly<Record<string, Reasons>> = Object.fromEntries(
  names.map((name): [string, Reasons] => [
    name,
    { ...(sequences[name] && { sequence: sequences[name] }), ...(taxes[name] && { taxes: taxes[name] }) },
  ]),
)

/** The reason for one aspect of a scenario. */
export const reasonFor = (scenario: string, aspect: Aspect): string | undefined => reasons[scenario]?.[aspect === 'versions' ? 'sequence' : aspect]
