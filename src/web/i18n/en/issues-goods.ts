/** Goods: commodity, origin, masses, packages, procedure: what is wrong, and what to do. */
export const goodsIssues = {
  'clearance.description_missing': {
    text: 'Item {{item}} has no description (DE 6/8).',
    fix: 'Describe the goods so that a stranger would recognise them.',
  },
  'clearance.description_vague': {
    text: '“{{value}}” says too little about the goods of item {{item}}.',
    fix: 'Name what it is, what it is made of and what it is for.',
  },
  'clearance.commodity_missing': {
    text: 'Item {{item}} has no commodity code (DE 6/14).',
    fix: 'Find the code by search, or ask for a binding ruling.',
  },
  'clearance.commodity_short': {
    text: 'The commodity code {{value}} of item {{item}} has too few digits.',
    fix: 'Enter all eight digits of the nomenclature.',
  },
  'clearance.commodity_short_low_value': {
    text: 'The commodity code {{value}} of item {{item}} has too few digits.',
    fix: 'Enter at least six digits.',
  },
  'clearance.commodity_unknown': {
    text: 'No commodity {{value}} exists on {{date}} (item {{item}}).',
    fix: 'Look the goods up in the tariff of that day; codes change with the year.',
  },
  'clearance.commodity_not_declarable': {
    text: '{{value}} is a heading with subdivisions; goods are not declared under it (item {{item}}).',
    fix: 'Choose the subdivision that describes the goods.',
  },
  'clearance.taric_without_commodity': {
    text: 'Item {{item}} has additional digits of the tariff but not the eight digits before them.',
    fix: 'Enter the commodity code in full.',
  },
  'clearance.additional_code_malformed': {
    text: '“{{value}}” is no additional code (item {{item}}).',
    fix: 'Enter the four characters that the tariff gives.',
  },
  'clearance.cus_number_malformed': {
    text: '“{{value}}” is no CUS number of a chemical substance (item {{item}}).',
    fix: 'Write seven digits, a dash and the check digit.',
  },
  'clearance.origin_missing': { text: 'Item {{item}} has no country of origin (DE 5/15).', fix: 'Enter the country in which the goods were made.' },
  'clearance.origin_missing_without_preference': {
    text: 'Item {{item}} claims no preference ({{preference}}): its non-preferential origin is missing.',
    fix: 'Enter the country of origin (DE 5/15).',
  },
  'clearance.preferential_origin_malformed': {
    text: '“{{value}}” is no country or group of preferential origin (item {{item}}).',
    fix: 'Enter a country code or the number of a group of countries.',
  },
  'clearance.net_mass_missing': { text: 'Item {{item}} has no net mass (DE 6/1).', fix: 'Enter the mass in kilograms without packaging.' },
  'clearance.gross_mass_missing': {
    text: 'Item {{item}} has no gross mass (DE 6/5).',
    fix: 'Enter the mass in kilograms with packaging, without the container.',
  },
  'clearance.net_mass_exceeds_gross': {
    text: 'Item {{item}}: the net mass of {{net}} kg exceeds the gross mass of {{gross}} kg.',
    fix: 'Correct the masses; the gross mass includes the packaging.',
  },
  'clearance.mass_not_positive': { text: 'Item {{item}}: {{value}} kg is no mass.', fix: 'Enter the mass in kilograms, more than zero.' },
  'clearance.mass_too_precise': {
    text: 'Item {{item}}: {{value}} has too many digits.',
    fix: 'Use at most ten digits before and six after the point.',
  },
  'clearance.supplementary_unit_missing': {
    text: 'Item {{item}}: the tariff asks for the quantity in {{unit}} as well.',
    fix: 'Enter the number of supplementary units (DE 6/2).',
  },
  'clearance.supplementary_not_positive': { text: 'Item {{item}}: {{value}} is no quantity.', fix: 'Enter a quantity of more than zero.' },
  'clearance.packages_missing': { text: 'Item {{item}} has no packages (DE 6/9 to 6/11).', fix: 'Enter kind, number and marks of the packages.' },
  'clearance.package_type_missing': { text: 'Item {{item}}: the kind of package is missing.', fix: 'Choose the kind of package from the list.' },
  'clearance.package_type_unknown': { text: '“{{value}}” is no kind of package (item {{item}}).', fix: 'Choose the kind of package from the list.' },
  'clearance.package_count_missing': {
    text: 'Item {{item}}: the number of packages is missing.',
    fix: 'Enter it; goods in bulk use a bulk code instead.',
  },
  'clearance.package_count_fraction': { text: '{{value}} is no number of packages (item {{item}}).', fix: 'Enter a whole number.' },
  'clearance.package_marks_missing': {
    text: 'Item {{item}}: the shipping marks are missing.',
    fix: 'Enter the marks on the packages, or “no marks”.',
  },
  'clearance.package_sequence': { text: 'Item {{item}}: the packages are not numbered 1, 2, 3.', fix: 'Number them in order.' },
  'clearance.procedure_missing': {
    text: 'Item {{item}} has no procedure (DE 1/10).',
    fix: 'Enter the requested and the previous procedure, as in 4000.',
  },
  'clearance.procedure_malformed': {
    text: '“{{value}}” is no procedure code (item {{item}}).',
    fix: 'Write four digits: two for the requested, two for the previous procedure.',
  },
  'clearance.procedure_unknown': { text: 'The procedure {{value}} does not exist (item {{item}}).', fix: 'Choose the procedure from the list.' },
  'clearance.procedure_regime': {
    text: 'Procedure {{value}} is not for an {{regime}} declaration (item {{item}}).',
    fix: 'Correct the procedure or the declaration type.',
  },
  'clearance.procedure_follows_itself': {
    text: 'Procedure {{value}} (item {{item}}): goods that are already under a procedure cannot be put under it again.',
    fix: 'Correct the previous procedure (last two digits).',
  },
  'clearance.additional_procedure_missing': { text: 'Item {{item}} has no additional procedure (DE 1/11).', fix: 'Enter 000 when none applies.' },
  'clearance.additional_procedure_unknown': { text: '“{{value}}” is no additional procedure (item {{item}}).', fix: 'Choose it from the list.' },
  'clearance.additional_procedure_duplicate': { text: 'Additional procedure {{value}} stands twice (item {{item}}).', fix: 'Remove one.' },
  'clearance.additional_procedure_none': {
    text: '000 says that no additional procedure applies, yet others are given (item {{item}}).',
    fix: 'Remove 000 or the others.',
  },
  'clearance.warehouse_missing': {
    text: 'Procedure {{procedure}} (item {{item}}) needs the warehouse (DE 2/7).',
    fix: 'Enter type and number of the warehouse.',
  },
  'clearance.warehouse_type_unknown': {
    text: '“{{value}}” is no type of warehouse.',
    fix: 'Use R, S or T public, U private, V temporary storage, Y tax warehouse, Z free zone.',
  },
  'clearance.warehouse_number_missing': { text: 'The warehouse has no number.', fix: 'Enter the number of its authorisation.' },
  'clearance.supervising_office_missing': {
    text: 'Procedure {{procedure}} (item {{item}}) needs the supervising office (DE 5/27).',
    fix: 'Enter the office that the authorisation names.',
  },
  'clearance.supervising_office_expected': {
    text: 'Procedure {{procedure}} (item {{item}}) usually names a supervising office.',
    fix: 'Enter the office that the authorisation names, if there is one.',
  },
  'clearance.procedure_authorisation_missing': {
    text: 'Procedure {{procedure}} (item {{item}}) needs an authorisation: {{types}}.',
    fix: 'Add the authorisation with its holder, or apply in the declaration itself (statement 00100).',
  },
  'clearance.discharge_authorisation_missing': {
    text: 'Goods leave a procedure under {{procedure}} (item {{item}}) without its authorisation: {{types}}.',
    fix: 'Add the authorisation under which they were held.',
  },
  'clearance.simplified_authorisation_missing': {
    text: 'A declaration with additional type {{additional}} needs the authorisation for simplified declarations (SDE).',
    fix: 'Add the authorisation, or lodge an occasional or a standard declaration.',
  },
  'clearance.records_authorisation_missing': {
    text: 'A supplementary declaration of type Z needs the authorisation for entry in the records (EIR).',
    fix: 'Add the authorisation with its holder.',
  },
  'clearance.onward_supply_territory': {
    text: 'Onward supply (item {{item}}) is possible only where goods are imported into the VAT area of the customer.',
    fix: 'Add the statement of that territory, or use procedure 40.',
  },
} as const
