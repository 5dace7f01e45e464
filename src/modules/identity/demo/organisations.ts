/** The operators and authorities of Verania, all invented. To add one: add a line at the end (its number follows from its place). */
import { registrationFor } from '../registration.ts'
import type { OrganisationKind } from '../schema.ts'

type Line = readonly [key: string, name: string, kinds: OrganisationKind[], street: string, city: string]

const postcodes: Record<string, string> = {
  'Port Marrin': '10110',
  Halden: '20140',
  Tarn: '30105',
  Orrin: '40122',
  Lindal: '50118',
  'Vesper Bay': '10460',
  Greyholm: '20310',
  Solace: '30240',
  'Kestrel Ford': '40215',
  Amberlane: '50305',
}

const t: OrganisationKind[] = ['trader']
const lines: readonly Line[] = [
  ['customs', 'Customs Administration of Verania', ['customs'], 'Tidewater Square 1', 'Port Marrin'],
  ['halberd', 'Halberd & Quay Customs Brokers', ['broker', 'trader'], 'Mole Street 14', 'Port Marrin'],
  ['lantern', 'Blue Lantern Clearance', ['broker', 'trader'], 'Apron Road 3', 'Halden'],
  ['meridian', 'Meridian Home Electronics', t, 'Copper Lane 41', 'Orrin'],
  ['cobalt', 'Cobalt Cycle Works', t, 'Spindle Street 9', 'Greyholm'],
  ['sunfold', 'Sunfold Fruit Importers', t, 'Cold Store Quay 2', 'Port Marrin'],
  ['castellane', 'Castellane Wines & Spirits', t, 'Cooper Row 27', 'Vesper Bay'],
  ['northlight', 'Northlight Textiles', t, 'Weaver Park 5', 'Lindal'],
  ['machine-tools', 'Orrin Machine Tools', t, 'Lathe Avenue 80', 'Orrin'],
  ['agency-food', 'Veranian Food Safety Agency', ['agency'], 'Granary Street 6', 'Port Marrin'],
  ['agency-medicines', 'Medicines Authority of Verania', ['agency'], 'Apothecary Hill 2', 'Orrin'],
  ['agency-plants', 'Plant Health Inspectorate', ['agency'], 'Orchard Way 11', 'Solace'],
  ['pelagia', 'Pelagia Container Line', ['carrier'], 'Harbour Gate 1', 'Port Marrin'],
  ['highwing', 'Highwing Air Cargo', ['carrier'], 'Apron Road 12', 'Halden'],
  ['tarn-haulage', 'Tarn Valley Haulage', ['carrier', 'trader'], 'Bridge Road 55', 'Tarn'],
  ['ironline', 'Ironline Rail Freight', ['carrier'], 'Signal Street 4', 'Orrin'],
  ['swiftpost', 'Swiftpost Parcels', ['carrier'], 'Sorting Lane 8', 'Lindal'],
  ['saltroad', 'Saltroad Ferries', ['carrier'], 'Ferry Steps 3', 'Vesper Bay'],
  ['abacus', 'Abacus Office Supply', t, 'Ledger Street 19', 'Orrin'],
  ['acacia', 'Acacia Furniture House', t, 'Joiner Street 33', 'Solace'],
  ['albatross', 'Albatross Marine Spares', t, 'Slipway 7', 'Port Marrin'],
  ['amaranth', 'Amaranth Cosmetics', t, 'Rosewater Lane 12', 'Halden'],
  ['anvil', 'Anvil Steel Trading', t, 'Foundry Road 101', 'Orrin'],
  ['arbor', 'Arbor Timber Imports', t, 'Sawmill Quay 4', 'Port Marrin'],
  ['basalt', 'Basalt Construction Materials', t, 'Quarry Road 60', 'Kestrel Ford'],
  ['beacon', 'Beacon Lighting', t, 'Filament Street 22', 'Lindal'],
  ['bluefin', 'Bluefin Seafood Company', t, 'Fish Dock 15', 'Vesper Bay'],
  ['bramble', 'Bramble & Daughters Preserves', t, 'Orchard Way 40', 'Solace'],
  ['caravan', 'Caravan Spice Traders', t, 'Bazaar Street 8', 'Port Marrin'],
  ['cinder', 'Cinder Ceramics', t, 'Kiln Lane 17', 'Amberlane'],
  ['cirrus', 'Cirrus Solar Systems', t, 'Array Park 2', 'Kestrel Ford'],
  ['clearwell', 'Clearwell Pumps', t, 'Aqueduct Road 31', 'Orrin'],
  ['coral', 'Coral Optics', t, 'Prism Street 5', 'Halden'],
  ['damson', 'Damson Shoes', t, 'Cobbler Row 14', 'Lindal'],
  ['delta', 'Delta Grain Cooperative', t, 'Silo Road 1', 'Port Marrin'],
  ['drumlin', 'Drumlin Agricultural Machinery', t, 'Furrow Road 73', 'Solace'],
  ['ember', 'Ember Heating Appliances', t, 'Boiler Street 26', 'Greyholm'],
  ['estuary', 'Estuary Paper Mills', t, 'Pulp Quay 9', 'Vesper Bay'],
  ['fathom', 'Fathom Diving Equipment', t, 'Ferry Steps 21', 'Vesper Bay'],
  ['fennel', 'Fennel Natural Pharmacy', t, 'Apothecary Hill 19', 'Orrin'],
  ['flint', 'Flint Power Tools', t, 'Spindle Street 48', 'Greyholm'],
  ['garnet', 'Garnet Jewellery', t, 'Assay Lane 3', 'Halden'],
  ['glasswing', 'Glasswing Laboratory Glass', t, 'Kiln Lane 60', 'Amberlane'],
  ['harrow', 'Harrow Fertilisers', t, 'Silo Road 18', 'Port Marrin'],
  ['heron', 'Heron Sports Goods', t, 'Regatta Street 6', 'Vesper Bay'],
  ['indigo', 'Indigo Denim Company', t, 'Weaver Park 28', 'Lindal'],
  ['juniper', 'Juniper Toys', t, 'Carousel Street 10', 'Amberlane'],
  ['kelp', 'Kelp & Brine Foods', t, 'Fish Dock 30', 'Vesper Bay'],
  ['lark', 'Lark Musical Instruments', t, 'Luthier Lane 2', 'Halden'],
  ['lodestar', 'Lodestar Telecom', t, 'Relay Street 90', 'Orrin'],
  ['mallow', 'Mallow Paper Goods', t, 'Ledger Street 71', 'Orrin'],
  ['marlstone', 'Marlstone Garden Supply', t, 'Quarry Road 12', 'Kestrel Ford'],
  ['mistral', 'Mistral Motors', t, 'Chassis Road 5', 'Kestrel Ford'],
  ['nettle', 'Nettle Outdoor Clothing', t, 'Weaver Park 61', 'Lindal'],
  ['obsidian', 'Obsidian Computers', t, 'Relay Street 34', 'Orrin'],
  ['orchid', 'Orchid Flower Auction', t, 'Apron Road 25', 'Halden'],
  ['pewter', 'Pewter Kitchenware', t, 'Copper Lane 8', 'Orrin'],
  ['quill', 'Quill Publishing', t, 'Folio Street 16', 'Port Marrin'],
  ['redoubt', 'Redoubt Safety Equipment', t, 'Bastion Road 44', 'Tarn'],
  ['sable', 'Sable Tobacco Company', t, 'Curing Lane 7', 'Tarn'],
  ['saffron', 'Saffron Bakery Ingredients', t, 'Granary Street 52', 'Port Marrin'],
  ['skein', 'Skein Carpets', t, 'Weaver Park 90', 'Lindal'],
  ['tamarind', 'Tamarind Foods', t, 'Bazaar Street 37', 'Port Marrin'],
  ['thistle', 'Thistle Medical Devices', t, 'Apothecary Hill 33', 'Orrin'],
  ['umber', 'Umber Paints', t, 'Pigment Road 20', 'Greyholm'],
  ['vireo', 'Vireo Bicycles', t, 'Spindle Street 77', 'Greyholm'],
  ['willow', 'Willow Baby Goods', t, 'Carousel Street 45', 'Amberlane'],
  ['zephyr', 'Zephyr Drones', t, 'Apron Road 61', 'Halden'],
]

export type DemoOrganisation = {
  key: string
  name: string
  kinds: OrganisationKind[]
  street: string
  city: string
  postcode: string
  country: 'XV'
  email: string
  registration: string
}

// Spread over the range, so that numbers look like numbers given out over years.
const serialAt = (place: number): number => 10_000_000_000 + (((place + 1) * 7_919_317_043) % 89_000_000_000)

export const demoOrganisations: readonly DemoOrganisation[] = lines.map(([key, name, kinds, street, city], place) => ({
  key,
  name,
  kinds,
  street,
  city,
  postcode: postcodes[city]!,
  country: 'XV',
  email: `office@${key}.example`,
  registration: registrationFor(serialAt(place)),
}))

/** Who lets whom act: represented, representative, scope. The first broker has most importers, the second those at the airport and the post hub. */
export const demoMandates: readonly (readonly [from: string, to: 'halberd' | 'lantern', scope: 'import' | 'export' | 'all'])[] = [
  ['meridian', 'halberd', 'all'],
  ['sunfold', 'halberd', 'import'],
  ['castellane', 'halberd', 'all'],
  ['anvil', 'halberd', 'import'],
  ['arbor', 'halberd', 'import'],
  ['acacia', 'halberd', 'import'],
  ['caravan', 'halberd', 'import'],
  ['delta', 'halberd', 'export'],
  ['harrow', 'halberd', 'import'],
  ['mistral', 'halberd', 'import'],
  ['tamarind', 'halberd', 'import'],
  ['machine-tools', 'halberd', 'export'],
  ['obsidian', 'halberd', 'import'],
  ['sable', 'halberd', 'import'],
  ['northlight', 'lantern', 'import'],
  ['amaranth', 'lantern', 'import'],
  ['coral', 'lantern', 'all'],
  ['garnet', 'lantern', 'all'],
  ['orchid', 'lantern', 'import'],
  ['zephyr', 'lantern', 'all'],
  ['thistle', 'lantern', 'import'],
  ['obsidian', 'lantern', 'export'],
  ['juniper', 'lantern', 'import'],
  ['indigo', 'lantern', 'import'],
]
