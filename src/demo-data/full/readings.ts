/** A kind of reading: its LOINC code, and the values between which it is drawn. */
export type ReadingKind = Readonly<{
  loinc: string
  display: string
  /** UCUM */
  unit: string
  low: number
  high: number
  decimals: 0 | 1
}>

const kind = (
  loinc: string,
  display: string,
  unit: string,
  [low, high, decimals = 0]: readonly [low: number, high: number, decimals?: 0 | 1],
): ReadingKind => ({ loinc, display, unit, low, high, decimals })

export const systolic = kind('8480-6', 'Systolic blood pressure', 'mm[Hg]', [98, 172])
export const diastolic = kind('8462-4', 'Diastolic blood pressure', 'mm[Hg]', [54, 98])

/** What is measured at an appointment, besides the blood pressure. Spans are invented, for practice only. */
export const measuredThere: readonly ReadingKind[] = [
  kind('29463-7', 'Body weight', 'kg', [44, 118, 1]),
  kind('39156-5', 'Body mass index', 'kg/m2', [17, 41, 1]),
  kind('8867-4', 'Heart rate', '/min', [48, 108]),
  kind('2708-6', 'Oxygen saturation', '%', [91, 99]),
  kind('8310-5', 'Body temperature', 'Cel', [36, 38, 1]),
  kind('9279-1', 'Respiratory rate', '/min', [11, 22]),
]

type Panel = readonly [display: string, readings: readonly ReadingKind[]]

/** What a laboratory sends together. */
export const panels: readonly [Panel, ...Panel[]] = [
  [
    'Urea and electrolytes',
    [
      kind('14682-9', 'Creatinine', 'umol/L', [48, 190]),
      kind('62238-1', 'Estimated glomerular filtration rate', 'mL/min/{1.73_m2}', [24, 104]),
      kind('2951-2', 'Sodium', 'mmol/L', [131, 146]),
      kind('2823-3', 'Potassium', 'mmol/L', [3, 6, 1]),
      kind('14937-7', 'Urea', 'mmol/L', [2, 16, 1]),
    ],
  ],
  [
    'Full blood count',
    [
      kind('718-7', 'Haemoglobin', 'g/L', [96, 168]),
      kind('6690-2', 'White blood cells', '10*9/L', [3, 13, 1]),
      kind('777-3', 'Platelets', '10*9/L', [120, 430]),
      kind('787-2', 'Mean red cell volume', 'fL', [76, 102]),
      kind('789-8', 'Red blood cells', '10*12/L', [3, 6, 1]),
      kind('4544-3', 'Haematocrit', '%', [30, 52, 1]),
    ],
  ],
  [
    'Liver function',
    [
      kind('1742-6', 'Alanine aminotransferase', 'U/L', [8, 92]),
      kind('6768-6', 'Alkaline phosphatase', 'U/L', [32, 160]),
      kind('1751-7', 'Albumin', 'g/L', [28, 50]),
      kind('14631-6', 'Bilirubin', 'umol/L', [3, 32]),
    ],
  ],
  [
    'Diabetes and fats',
    [
      kind('59261-8', 'Haemoglobin A1c', 'mmol/mol', [32, 92]),
      kind('14647-2', 'Cholesterol', 'mmol/L', [3, 8, 1]),
      kind('14646-4', 'HDL cholesterol', 'mmol/L', [1, 3, 1]),
      kind('3016-3', 'Thyroid stimulating hormone', 'm[IU]/L', [0, 8, 1]),
    ],
  ],
]
