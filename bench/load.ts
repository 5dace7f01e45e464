/** Declarations of five items that no criterion selects, sent by several signed-in brokers over keep-alive connections. */
import { Agent, request as httpRequest } from 'node:http'
import type { DeclarationDocument } from '#schema/clearance'

export type Broker = { cookie: string; registration: string; clients: string[] }

type Answer = { status: number; body: string; headers: Record<string, string | string[] | undefined> }

export const createClient = (address: string, connections: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(address)
  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body)
      const request = httpRequest(
        {
          hostname,
          port,
          method,
          path,
          agent,
          headers: { ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }), ...headers },
        },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString(), headers: response.headers }))
          response.on('error', reject)
        },
      )
      request.on('error', reject)
      request.end(text)
    })
  return { send, close: () => agent.destroy() }
}
export type Client = ReturnType<typeof createClient>

/** Signs in every demo broker and trader by one click and asks for whom each may lodge. */
export const signIn = async (client: Client): Promise<Broker[]> => {
  const people = JSON.parse((await client.send('GET', '/api/demo/sign-ins', undefined)).body) as { personId: string; role: string }[]
  const brokers: Broker[] = []
  for (const person of people.filter((p) => p.role === 'broker' || p.role === 'trader')) {
    const answer = await client.send('POST', '/api/demo/sign-in', { personId: person.personId })
    if (answer.status >= 300) throw new Error(`sign-in of a demo person was refused: ${answer.body}`)
    const cookie = ([] as string[])
      .concat(answer.headers['set-cookie'] ?? [])
      .map((c) => c.split(';')[0])
      .join('; ')
    const session = JSON.parse((await client.send('GET', '/api/session', undefined, { cookie })).body) as {
      organisation: { registrationId: string } | null
      represents: { registration: string; scope: string }[]
    }
    if (session.organisation)
      brokers.push({
        cookie,
        registration: session.organisation.registrationId,
        clients: session.represents.filter((r) => r.scope !== 'export').map((r) => r.registration),
      })
  }
  if (brokers.length === 0) throw new Error('the demo country has no broker to sign in')
  return brokers
}

const goods = [
  { hsCode: '39241000', description: 'Kitchen boxes of plastic with lids', price: '4200.00', net: '310.5', gross: '340' },
  { hsCode: '69111000', description: 'Porcelain plates, white, 27 cm', price: '2650.00', net: '480', gross: '525.25' },
  { hsCode: '73239300', description: 'Saucepans of stainless steel, 2 l', price: '5125.50', net: '395', gross: '430' },
  { hsCode: '94036000', description: 'Shelves of pine wood, flat packed', price: '3890.00', net: '720', gross: '760' },
  { hsCode: '48191000', description: 'Boxes of corrugated paper, folded', price: '980.40', net: '265.75', gross: '280' },
]

/** The n-th declaration of a run: five items, standard import, goods arrived, duty on the deferment account of the importer. */
export const declarationOf = (broker: Broker, n: number, run: string): DeclarationDocument => {
  const importer = broker.clients[n % broker.clients.length] ?? broker.registration
  return {
    function: 'original',
    lrn: `B${run}${n}`,
    declarationType: 'IM',
    additionalType: 'A',
    itemCount: goods.length,
    totalPackages: String(goods.length * 10),
    invoiceTotal: { amount: '16845.90', currency: 'VRC' },
    declarant: { id: broker.registration },
    importer: { id: importer },
    ...(importer !== broker.registration && { representative: { id: broker.registration, status: '2' } }),
    exporter: { name: 'Northern Household Supplies Ltd', address: { line: '4 Mill Lane', city: 'Aarhus', postcode: '8000', country: 'DK' } },
    dispatchCountry: 'DK',
    destinationCountry: 'XV',
    deliveryTerms: { incoterm: 'CIF', place: 'XVPMR' },
    transactionNature: '11',
    traderReference: `${run}-${n}`,
    borderTransport: { mode: '1', nationality: 'DK' },
    arrivalTransport: { idType: '10', id: 'IMO9321483' },
    containerised: '1',
    containers: [{ sequence: 1, id: 'MSKU1234565' }],
    goodsLocation: { country: 'XV', type: 'A', qualifier: 'U', name: 'PMRQUAY1' },
    deferments: [{ category: '1', type: 'DAN', account: importer }],
    authorisations: [{ holder: importer, type: 'DPO' }],
    items: goods.map((g, i) => ({
      itemNumber: i + 1,
      description: g.description,
      hsCode: g.hsCode,
      taricCode: '00',
      origin: 'DK',
      procedure: '4000',
      additionalProcedures: ['000'],
      itemPrice: { amount: g.price, currency: 'VRC' },
      valuationMethod: '1',
      valuationIndicators: '0000',
      netMassKg: g.net,
      grossMassKg: g.gross,
      taxes: [
        { type: 'A00', preference: '100', method: 'E' },
        { type: 'B00', method: 'E' },
      ],
      packages: [{ sequence: 1, type: 'CT', count: '10', marks: `${run}/${n}/${i + 1}` }],
      documents: [
        { category: 'N', type: '935', id: `INV-${run}-${n}`, status: 'AC' },
        { category: 'C', type: '506', id: `XVDPO${importer}` },
      ],
      previousDocuments: [{ category: 'Z', type: 'ZZZ', id: `BL-${run}-${n}` }],
    })),
  }
}

export const lodgeOne = (client: Client, broker: Broker, document: DeclarationDocument, key: string): Promise<Answer> =>
  client.send('POST', '/api/declarations', document, { cookie: broker.cookie, 'idempotency-key': key })
