/** Means of transport, containers, seals: what is wrong, and what to do. */
export const transportIssues = {
  'clearance.border_mode_missing': {
    text: 'The mode of transport at the border is missing (DE 7/4).',
    fix: 'Say how the goods crossed the border: 1 sea, 2 rail, 3 road, 4 air, 5 post, 7 pipeline, 8 inland water.',
  },
  'clearance.border_nationality_missing': {
    text: 'The nationality of the means of transport at the border is missing (DE 7/15).',
    fix: 'Enter the country in which ship, vehicle or aircraft is registered.',
  },
  'clearance.border_identity_missing': {
    text: 'The means of transport that crosses the border is not identified (DE 7/14).',
    fix: 'Enter the kind of number and the number: ship, flight, registration.',
  },
  'clearance.arrival_means_missing': {
    text: 'The means of transport on arrival is not identified (DE 7/9).',
    fix: 'Enter the kind of number and the number under which the goods arrived.',
  },
  'clearance.departure_means_missing': {
    text: 'The means of transport on departure is not identified (DE 7/7).',
    fix: 'Enter the kind of number and the number under which the goods leave.',
  },
  'clearance.transport_mode_unknown': {
    text: '“{{value}}” is no mode of transport.',
    fix: 'Use 1 sea, 2 rail, 3 road, 4 air, 5 post, 6 multimodal, 7 pipeline, 8 inland water, 9 own propulsion.',
  },
  'clearance.means_type_missing': {
    text: 'The number of a means of transport does not say what it is.',
    fix: 'Enter the kind of number, such as 10 for a ship’s IMO number or 40 for a flight.',
  },
  'clearance.means_number_missing': { text: 'The kind of number is given, the number of the means of transport is not.', fix: 'Enter the number.' },
  'clearance.means_type_unknown': {
    text: '“{{value}}” is no kind of identification.',
    fix: 'Use 10 or 11 for ships, 20 or 21 rail, 30 or 31 road, 40 or 41 air, 80 or 81 inland ships.',
  },
  'clearance.means_type_mode': {
    text: 'The kind of number {{type}} does not belong to mode of transport {{mode}}.',
    fix: 'Correct whichever is wrong; the first digit is usually the same.',
  },
  'clearance.ship_number_malformed': {
    text: '“{{value}}” is no IMO ship number: seven digits with a check digit.',
    fix: 'Compare it with the bill of lading.',
  },
  'clearance.freight_payment_unknown': {
    text: '“{{value}}” is no way of paying the freight.',
    fix: 'Use A cash, B card, C cheque, D other, H electronic, Y account with the carrier, Z not paid in advance.',
  },
  'clearance.container_indicator_missing': {
    text: 'It is not said whether the goods travel in containers (DE 7/2).',
    fix: 'Enter 1 for containers, 0 for none.',
  },
  'clearance.container_indicator_unknown': {
    text: '“{{value}}” does not say whether the goods travel in containers.',
    fix: 'Enter 1 for containers, 0 for none.',
  },
  'clearance.containers_missing': {
    text: 'The goods are said to be in containers, but no container is named.',
    fix: 'Enter the container numbers, or change the indicator to 0.',
  },
  'clearance.containers_unexpected': {
    text: 'The goods are said not to be in containers, but {{count}} are named.',
    fix: 'Change the indicator to 1, or remove the containers.',
  },
  'clearance.container_number_missing': { text: 'A container has no number.', fix: 'Enter the number or remove the line.' },
  'clearance.container_duplicate': { text: 'Container {{value}} is named twice.', fix: 'Remove one of the lines.' },
  'clearance.container_sequence': { text: 'The containers are not numbered 1, 2, 3.', fix: 'Number them in order.' },
  'clearance.container_number_malformed': {
    text: '“{{value}}” is no container number: owner, U, J or Z, six digits, check digit.',
    fix: 'Compare it with the marking on the container.',
  },
  'clearance.item_container_unknown': {
    text: 'The item is said to be in container {{value}}, which the declaration does not list.',
    fix: 'Add the container to the declaration, or correct the item.',
  },
  'clearance.seal_number_missing': { text: 'A seal has no number.', fix: 'Enter the number on the seal or remove the line.' },
  'clearance.seal_duplicate': { text: 'Seal {{value}} is named twice on one container.', fix: 'Remove one of the lines.' },
} as const
