/**
 * Ambulatory care sensitive conditions: beginnings of ICD-10 codes without their dot, as in the basket of the NHS Strategy Unit (New
 * Hospital Programme demand model). Its exceptions for operations and second diagnoses are left out: the record has neither.
 */
export const avoidableCodes: readonly string[] = [
  // chronic: angina, asthma, heart failure and hypertension, COPD, anaemia, nutrition
  ...['I20', 'I240', 'I248', 'I249', 'J45', 'J46', 'I110', 'I50', 'I10', 'I119', 'J81'],
  ...['J41', 'J42', 'J43', 'J44', 'J47', 'D501', 'D508', 'D509'],
  ...['E40', 'E41', 'E42', 'E43', 'E550', 'E643'],
  // complications of diabetes
  ...['E10', 'E11', 'E12', 'E13', 'E14'].flatMap((code) =>
    [0, 1, 2, 3, 4, 5, 6, 7, 8].map((end) => `${code}${end}`),
  ),
  // acute: cellulitis, gangrene, convulsions and epilepsy, dehydration and gastroenteritis
  ...['L03', 'L04', 'L080', 'L088', 'L089', 'L88', 'L980', 'R02', 'G40', 'G41', 'O15', 'R56'],
  ...['E86', 'K522', 'K528', 'K529'],
  // teeth, ear nose and throat, pelvis, ulcer, kidney
  ...['A690', 'K02', 'K03', 'K04', 'K05', 'K06', 'K08', 'K098', 'K099', 'K12', 'K13'],
  ...['H66', 'H67', 'J02', 'J03', 'J06', 'J312', 'N70', 'N73', 'N74'],
  ...['K25', 'K26', 'K27', 'K28'].flatMap((code) =>
    [0, 1, 2, 4, 5, 6].map((end) => `${code}${end}`),
  ),
  ...['N10', 'N11', 'N12', 'N136'],
]
