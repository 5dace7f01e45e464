/** Persons, authorisations, tax registrations: what is wrong, and what to do. */
export const partiesIssues = {
  'clearance.declarant_missing': { text: 'The declarant is missing (DE 3/18).', fix: 'Enter the registration number of the person who lodges.' },
  'clearance.importer_missing': { text: 'The importer is missing (DE 3/16).', fix: 'Enter the importer’s registration number, or name and address.' },
  'clearance.exporter_missing': {
    text: 'The exporter is missing (DE 3/1).',
    fix: 'Enter the exporter’s name and address, or a registration number.',
  },
  'clearance.exporter_registration_missing': {
    text: 'An export needs the exporter’s registration number (DE 3/2).',
    fix: 'Enter the number; name and address alone are not enough.',
  },
  'clearance.consignee_missing': {
    text: 'The consignee is missing (DE 3/9).',
    fix: 'Enter the name and address of the person to whom the goods go.',
  },
  'clearance.party_unnamed': {
    text: 'This person has neither a registration number nor a name.',
    fix: 'Enter one of the two, or leave the person out.',
  },
  'clearance.party_address_incomplete': {
    text: 'A person without a registration number needs street, city and country.',
    fix: 'Complete the address.',
  },
  'clearance.registration_malformed': {
    text: '“{{value}}” is no registration number: it starts with the country and has up to 15 more characters, in some countries a fixed number of digits.',
    fix: 'Compare it with the certificate of registration.',
  },
  'clearance.registration_unknown': {
    text: 'Nobody is registered under {{value}}.',
    fix: 'Check the number; a new operator registers before the first declaration.',
  },
  'clearance.registration_suspended': {
    text: 'The registration {{value}} is suspended.',
    fix: 'The operator must settle this with the office before goods are declared in that name.',
  },
  'clearance.buyer_is_seller': {
    text: 'Buyer and seller are the same person.',
    fix: 'Enter the other party of the sale, or say that there was no sale (transaction nature).',
  },
  'clearance.actor_role_missing': { text: 'An additional actor needs a number and a role.', fix: 'Complete the line or remove it.' },
  'clearance.representative_status_missing': {
    text: 'The representative’s status is missing (DE 3/21).',
    fix: 'Enter 2 for direct or 3 for indirect representation.',
  },
  'clearance.representative_status_unknown': {
    text: '“{{value}}” is no status of a representative.',
    fix: 'Enter 2 for direct or 3 for indirect representation.',
  },
  'clearance.representative_of_self': { text: 'Nobody represents himself.', fix: 'Leave the representative out when you declare for yourself.' },
  'clearance.representation_undeclared': {
    text: '{{declarant}} declares for somebody else without saying how.',
    fix: 'Add the representative with status 2 (direct) or 3 (indirect).',
  },
  'clearance.not_mandated': {
    text: '{{declarant}} holds no mandate of {{principal}}.',
    fix: 'The principal grants the mandate first; then lodge again.',
  },
  'clearance.no_mandate': {
    text: 'You hold no mandate of {{id}} for this kind of declaration.',
    fix: 'Ask {{id}} to grant you the mandate, then lodge again.',
  },
  'clearance.declarant_not_represented': { text: 'You may not act for {{id}}.', fix: 'Declare for your own firm, or ask for a mandate.' },
  'clearance.authorisation_incomplete': { text: 'An authorisation needs its type and its holder (DE 3/39).', fix: 'Complete the line or remove it.' },
  'clearance.authorisation_type_unknown': { text: '“{{value}}” is no type of authorisation.', fix: 'Choose the type from the list.' },
  'clearance.authorisation_duplicate': { text: 'The same authorisation is named twice.', fix: 'Remove one of the lines.' },
  'clearance.authorisation_holder_not_party': {
    text: '{{value}} holds the authorisation {{type}} but appears nowhere else in the declaration.',
    fix: 'Enter the holder who takes part in this declaration; check the number for a wrong digit.',
  },
  'clearance.authorisation_document_missing': {
    text: 'The authorisation {{type}} is claimed without the document {{document}}.',
    fix: 'Add document {{document}} with the number of the decision.',
  },
  'clearance.document_authorisation_missing': {
    text: 'Document {{document}} refers to an authorisation {{type}} that is not claimed.',
    fix: 'Add the authorisation {{type}} with its holder.',
  },
  'clearance.fiscal_reference_incomplete': {
    text: 'A fiscal reference needs a number and a role (DE 3/40).',
    fix: 'Complete the line or remove it.',
  },
  'clearance.fiscal_reference_role_unknown': {
    text: '“{{value}}” is no role of a fiscal reference.',
    fix: 'Use FR1 importer, FR2 customer, FR3 tax representative, FR4 holder of deferred payment, FR5 seller in the one-stop shop, FR7 taxable person.',
  },
  'clearance.fiscal_reference_foreign': {
    text: '{{value}} is no VAT number of {{country}}; it cannot postpone VAT here.',
    fix: 'Enter the importer’s VAT number of {{country}}, or pay the VAT at import.',
  },
  'clearance.fiscal_reference_malformed': {
    text: '“{{value}}” is no valid number for the role {{role}}.',
    fix: 'Compare the number with the VAT certificate.',
  },
  'clearance.onward_supply_reference_missing': {
    text: 'Item {{item}} claims the VAT exemption of an onward supply without the VAT numbers that it needs.',
    fix: 'Add the importer’s number (FR1 or FR3) and the customer’s number in the country of destination (FR2).',
  },
} as const
