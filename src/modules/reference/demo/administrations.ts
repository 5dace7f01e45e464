/** The two administrations of the demo: Verania, and a trader test service that answers as a DMS administration would. */
import type { Administration, Office } from '../schema.ts'

const founded = '2020-01-01'

export const demoAdministrations: readonly Administration[] = [
  {
    code: 'XV',
    name: 'Customs Administration of Verania',
    timeZone: 'Europe/Athens',
    currency: 'VRC',
    territory: ['XV'],
    mrnCountry: 'XV',
    rounding: { mode: 'half-up', perLine: true },
    duty: {
      defaultMethod: 'A',
      postponingRoles: ['FR1'],
      overrideStatement: 'OVR',
      securityTypes: { '51': 'IPR', '53': 'T24', relief: 'MDC', provisional: 'ACS', other: 'ACS' },
    },
    quotaPrefix: '09',
    traderTest: false,
    dwellSeconds: 0,
    defaultOffice: 'XV000101',
    bank: { reference: 'VERANIA TREASURY', account: 'XV40 0010 2026 0000 7711' },
    validFrom: founded,
  },
  {
    code: 'GB',
    name: 'Trader test service, WCO DMS',
    timeZone: 'Europe/London',
    currency: 'GBP',
    territory: ['GB', 'XI'],
    mrnCountry: 'GB',
    rounding: { mode: 'truncate', perLine: true },
    duty: {
      defaultMethod: 'A',
      postponingRoles: ['FR1'],
      overrideStatement: 'OVR',
      vatSplit: { when: 'A50', onDuties: 'B05' },
      securityTypes: { '51': 'IPR', '53': 'T24', relief: 'MDC', provisional: 'ACS', other: 'ACS' },
    },
    quotaPrefix: '05',
    traderTest: true,
    dwellSeconds: 0,
    defaultOffice: 'GB000001',
    validFrom: founded,
  },
]

type Place = { goodsLocations: string[] } & Pick<
  Office,
  'code' | 'name' | 'kind' | 'street' | 'city' | 'postcode' | 'latitude' | 'longitude' | 'unlocode'
>

const places: readonly Place[] = [
  {
    code: 'XV000101',
    name: 'Port Marrin',
    kind: 'sea',
    street: 'Tidewater Square 1',
    city: 'Port Marrin',
    postcode: '10110',
    latitude: 34.62,
    longitude: 20.41,
    unlocode: 'XVPMR',
    goodsLocations: ['XVAUPMRQUAY1', 'XVAUPMRQUAY2', 'XVAUPMRRORO', 'XVAUPMRREEFER', 'XVBYPMRBOND1', 'XVAUVSBFERRY'],
  },
  {
    code: 'XV000201',
    name: 'Halden Airport',
    kind: 'air',
    street: 'Apron Road 1',
    city: 'Halden',
    postcode: '20140',
    latitude: 34.71,
    longitude: 20.78,
    unlocode: 'XVHLD',
    goodsLocations: ['XVAUHLDCARGO', 'XVAUHLDEXPRESS', 'XVBYHLDBOND1'],
  },
  {
    code: 'XV000301',
    name: 'Tarn Bridge',
    kind: 'land',
    street: 'Bridge Road 1',
    city: 'Tarn',
    postcode: '30105',
    latitude: 34.28,
    longitude: 21.36,
    unlocode: 'XVTRN',
    goodsLocations: ['XVAUTRNBRIDGE', 'XVAUTRNYARD'],
  },
  {
    code: 'XV000401',
    name: 'Orrin Inland Clearance',
    kind: 'inland',
    street: 'Signal Street 40',
    city: 'Orrin',
    postcode: '40122',
    latitude: 34.45,
    longitude: 20.95,
    unlocode: 'XVORR',
    goodsLocations: ['XVAUORRINPARK', 'XVAUORRINRAIL', 'XVBYORRMACH1', 'XVBYORRFREEZONE'],
  },
  {
    code: 'XV000501',
    name: 'Lindal Postal Hub',
    kind: 'post',
    street: 'Sorting Lane 1',
    city: 'Lindal',
    postcode: '50118',
    latitude: 34.54,
    longitude: 20.62,
    unlocode: 'XVLND',
    goodsLocations: ['XVAULNDPOST', 'XVAULNDPARCEL'],
  },
]

export const demoOffices: readonly Office[] = [
  ...places.map((p): Office => ({ ...p, administration: 'XV', country: 'XV', validFrom: founded })),
  {
    code: 'GB000001',
    administration: 'GB',
    name: 'Trader test office',
    kind: 'sea',
    street: 'Test Quay 1',
    city: 'Testhaven',
    postcode: 'TE1 1ST',
    country: 'GB',
    latitude: 50.9,
    longitude: -1.4,
    goodsLocations: [],
    validFrom: founded,
  },
]
