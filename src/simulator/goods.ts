/** What the demo country trades: lines with a plausible price, weight and origin. All invented. */
export type Good = { hsCode: string; description: string; unitPrice: number; unitMassKg: number; units: [number, number]; origins: string[]; supplementary?: string; packageType: string; regime: 'import' | 'export' | 'both' }

export const goods: readonly Good[] = [
  { hsCode: '85287200', description: 'Television receivers, colour, 55 inch', unitPrice: 310, unitMassKg: 14.2, units: [20, 400], origins: ['CN', 'VN', 'TR'], supplementary: 'NAR', packageType: 'CT', regime: 'import' },
  { hsCode: '85183000', description: 'Headphones, wireless, over-ear', unitPrice: 24, unitMassKg: 0.31, units: [200, 4000], origins: ['CN', 'VN'], packageType: 'CT', regime: 'import' },
  { hsCode: '85171300', description: 'Smartphones', unitPrice: 265, unitMassKg: 0.22, units: [50, 1200], origins: ['CN', 'KR', 'IN'], supplementary: 'NAR', packageType: 'CT', regime: 'import' },
  { hsCode: '61091000', description: 'T-shirts of cotton, knitted', unitPrice: 3.4, unitMassKg: 0.17, units: [500, 9000], origins: ['BD', 'TR', 'IN'], supplementary: 'NAR', packageType: 'CT', regime: 'both' },
  { hsCode: '62034200', description: 'Men’s trousers of cotton denim', unitPrice: 9.8, unitMassKg: 0.62, units: [300, 5000], origins: ['BD', 'PK', 'TN'], supplementary: 'NAR', packageType: 'CT', regime: 'import' },
  { hsCode: '64039900', description: 'Shoes with leather uppers', unitPrice: 27, unitMassKg: 0.95, units: [100, 2400], origins: ['VN', 'IT', 'PT'], supplementary: 'NPR', packageType: 'CT', regime: 'both' },
  { hsCode: '22042100', description: 'Red wine in bottles of 0.75 l', unitPrice: 4.6, unitMassKg: 1.28, units: [600, 12000], origins: ['FR', 'ES', 'ZA', 'CL'], supplementary: 'LTR', packageType: 'PX', regime: 'import' },
  { hsCode: '08051000', description: 'Oranges, fresh', unitPrice: 0.62, unitMassKg: 1, units: [8000, 26000], origins: ['ZA', 'EG', 'ES'], packageType: 'CT', regime: 'import' },
  { hsCode: '09012100', description: 'Coffee, roasted, not decaffeinated', unitPrice: 7.9, unitMassKg: 1.02, units: [400, 8000], origins: ['BR', 'ET', 'CO'], packageType: 'BG', regime: 'import' },
  { hsCode: '87149110', description: 'Frames for bicycles, aluminium', unitPrice: 38, unitMassKg: 1.9, units: [40, 900], origins: ['TW', 'CN'], packageType: 'CT', regime: 'import' },
  { hsCode: '87032319', description: 'Passenger cars, used, 1,598 cc', unitPrice: 6400, unitMassKg: 1380, units: [1, 6], origins: ['JP', 'DE'], supplementary: 'NAR', packageType: 'NE', regime: 'import' },
  { hsCode: '84581100', description: 'Lathes, horizontal, numerically controlled', unitPrice: 42000, unitMassKg: 2900, units: [1, 5], origins: ['XV'], supplementary: 'NAR', packageType: 'CS', regime: 'export' },
  { hsCode: '39241000', description: 'Kitchen boxes of plastic with lids', unitPrice: 1.7, unitMassKg: 0.24, units: [900, 12000], origins: ['CN', 'PL'], packageType: 'CT', regime: 'both' },
  { hsCode: '94036000', description: 'Shelves of pine wood, flat packed', unitPrice: 31, unitMassKg: 17, units: [60, 900], origins: ['PL', 'LT', 'VN'], packageType: 'PX', regime: 'import' },
  { hsCode: '95030075', description: 'Toys of plastic, building blocks', unitPrice: 6.2, unitMassKg: 0.55, units: [300, 6000], origins: ['CN', 'DK'], packageType: 'CT', regime: 'import' },
  { hsCode: '30049000', description: 'Medicaments in tablets, packed for retail sale', unitPrice: 5.5, unitMassKg: 0.06, units: [1000, 20000], origins: ['IN', 'CH', 'DE'], packageType: 'CT', regime: 'import' },
  { hsCode: '24022000', description: 'Cigarettes containing tobacco', unitPrice: 1.1, unitMassKg: 0.03, units: [10000, 90000], origins: ['BG', 'AE'], packageType: 'CT', regime: 'import' },
  { hsCode: '72044100', description: 'Steel turnings, scrap', unitPrice: 0.28, unitMassKg: 1, units: [18000, 24000], origins: ['XV'], packageType: 'VO', regime: 'export' },
  { hsCode: '33049900', description: 'Skin creams in jars of 50 ml', unitPrice: 2.9, unitMassKg: 0.14, units: [500, 8000], origins: ['FR', 'KR'], packageType: 'CT', regime: 'import' },
  { hsCode: '49019900', description: 'Printed books, bound', unitPrice: 6.8, unitMassKg: 0.48, units: [100, 4000], origins: ['GB', 'CZ'], packageType: 'CT', regime: 'import' },
]

/** Where goods come in: the office, the place of the goods, how they travel. */
export const entries = [
  { office: 'XV000101', location: 'PMRQUAY1', mode: '1', idType: '10', ids: ['IMO9321483', 'IMO9462017', 'IMO9784271'], container: true, weight: 5 },
  { office: 'XV000201', location: 'HLDCARGO', mode: '4', idType: '40', ids: ['HW412', 'HW077', 'VX1190'], container: false, weight: 3 },
  { office: 'XV000301', location: 'TRNBRIDGE', mode: '3', idType: '30', ids: ['XV-4821-TK', 'TR34ABC90', 'PL8H221'], container: false, weight: 3 },
  { office: 'XV000401', location: 'ORRINPARK', mode: '2', idType: '20', ids: ['RW-20471', 'RW-20688'], container: true, weight: 2 },
  { office: 'XV000501', location: 'LNDPOST', mode: '5', idType: '30', ids: ['POST-1', 'POST-2'], container: false, weight: 1 },
] as const
export type Entry = (typeof entries)[number]

export const suppliers = [
  { name: 'Northern Household Supplies Ltd', line: '4 Mill Lane', city: 'Aarhus', postcode: '8000', country: 'DK' },
  { name: 'Lotus River Electronics Co.', line: '88 Harbour Road', city: 'Shenzhen', postcode: '518000', country: 'CN' },
  { name: 'Anatolia Textile Export A.S.', line: 'Dokuma Cad. 12', city: 'Bursa', postcode: '16000', country: 'TR' },
  { name: 'Cape Orchard Growers', line: '7 Kloof Street', city: 'Cape Town', postcode: '8001', country: 'ZA' },
  { name: 'Sakura Motors Trading', line: '3-1 Minato', city: 'Nagoya', postcode: '4550000', country: 'JP' },
] as const
