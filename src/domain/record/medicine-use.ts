import { folded } from '#domain/person/folded.ts'

/** What common medicines are for, by the name of what is in them. */
const uses = {
  amlodipine: 'blood-pressure',
  alendronic: 'thin-bones',
  allopurinol: 'gout',
  amitriptyline: 'nerve-pain-sleep',
  apixaban: 'blood-clots',
  aspirin: 'blood-clots',
  atenolol: 'slow-heart',
  atorvastatin: 'blood-fat',
  beclometasone: 'breathing',
  bisoprolol: 'slow-help-heart',
  bumetanide: 'water-tablet',
  candesartan: 'blood-pressure-heart',
  citalopram: 'low-mood',
  clopidogrel: 'blood-clots',
  codeine: 'pain',
  dapagliflozin: 'diabetes-heart-kidneys',
  digoxin: 'slow-heart',
  donepezil: 'memory',
  doxazosin: 'blood-pressure-urine',
  edoxaban: 'blood-clots',
  empagliflozin: 'diabetes-heart',
  ferrous: 'iron',
  folic: 'make-blood',
  furosemide: 'water-tablet',
  gabapentin: 'nerve-pain',
  gliclazide: 'diabetes',
  ibuprofen: 'pain-swelling',
  insulin: 'insulin',
  lactulose: 'bowels',
  lansoprazole: 'stomach',
  letrozole: 'breast-cancer',
  levothyroxine: 'slow-thyroid',
  lisinopril: 'blood-pressure-heart',
  losartan: 'blood-pressure-heart',
  macrogol: 'bowels',
  memantine: 'memory',
  metformin: 'diabetes',
  mirtazapine: 'low-mood',
  morphine: 'strong-pain',
  naproxen: 'pain-swelling',
  omeprazole: 'stomach',
  paracetamol: 'pain',
  prednisolone: 'swelling',
  pregabalin: 'nerve-pain',
  ramipril: 'blood-pressure-heart',
  rivaroxaban: 'blood-clots',
  salbutamol: 'airways',
  senna: 'bowels',
  sertraline: 'low-mood',
  simvastatin: 'blood-fat',
  sitagliptin: 'diabetes',
  solifenacin: 'bladder-leaks',
  spironolactone: 'water-tablet',
  tamsulosin: 'pass-urine',
  tiotropium: 'breathing',
  tramadol: 'pain',
  warfarin: 'blood-clots',
} as const

/**
 * What a medicine is often for: used only where the record does not say why it was given. Our own choice, unverified by a
 * clinician, and not advice: a medicine may be given for another reason.
 * @unverified plain-words
 */
export type MedicineUse = (typeof uses)[keyof typeof uses]

/** What a medicine is often for; undefined if the glossary does not have it. */
export function medicineUse(name: string): MedicineUse | undefined {
  const found = folded(name)
    .split(/[^a-z]+/)
    .find((each): each is keyof typeof uses => Object.hasOwn(uses, each))
  return found && uses[found]
}
