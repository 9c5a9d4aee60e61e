import { folded } from '#domain/person/folded.ts'

/**
 * What common medicines are for, by the name of what is in them: used only where the record does not say why the
 * medicine was given. Our own words, unverified by a clinician, and not advice: a medicine may be given for another
 * reason.
 */
const uses: Readonly<Record<string, string>> = {
  amlodipine: 'often for high blood pressure',
  alendronic: 'often for thin bones',
  allopurinol: 'often to prevent gout',
  amitriptyline: 'often for nerve pain or sleep',
  apixaban: 'often to stop blood clots',
  aspirin: 'often to stop blood clots',
  atenolol: 'often to slow the heart',
  atorvastatin: 'often to lower fat in the blood',
  beclometasone: 'often to help breathing',
  bisoprolol: 'often to slow and help the heart',
  bumetanide: 'often a water tablet, to clear fluid',
  candesartan: 'often for high blood pressure or the heart',
  citalopram: 'often for low mood',
  clopidogrel: 'often to stop blood clots',
  codeine: 'often for pain',
  dapagliflozin: 'often for diabetes, the heart or the kidneys',
  digoxin: 'often to slow the heart',
  donepezil: 'often to help with memory',
  doxazosin: 'often for high blood pressure or passing water',
  edoxaban: 'often to stop blood clots',
  empagliflozin: 'often for diabetes or the heart',
  ferrous: 'often to give the body iron',
  folic: 'often to help make blood',
  furosemide: 'often a water tablet, to clear fluid',
  gabapentin: 'often for nerve pain',
  gliclazide: 'often for diabetes',
  ibuprofen: 'often for pain and swelling',
  insulin: 'for diabetes',
  lactulose: 'often to help the bowels',
  lansoprazole: 'often to protect the stomach',
  letrozole: 'often for breast cancer',
  levothyroxine: 'for a slow thyroid',
  lisinopril: 'often for high blood pressure or the heart',
  losartan: 'often for high blood pressure or the heart',
  macrogol: 'often to help the bowels',
  memantine: 'often to help with memory',
  metformin: 'often for diabetes',
  mirtazapine: 'often for low mood',
  morphine: 'often for strong pain',
  naproxen: 'often for pain and swelling',
  omeprazole: 'often to protect the stomach',
  paracetamol: 'often for pain',
  prednisolone: 'often to calm swelling',
  pregabalin: 'often for nerve pain',
  ramipril: 'often for high blood pressure or the heart',
  rivaroxaban: 'often to stop blood clots',
  salbutamol: 'often to open the airways',
  senna: 'often to help the bowels',
  sertraline: 'often for low mood',
  simvastatin: 'often to lower fat in the blood',
  sitagliptin: 'often for diabetes',
  solifenacin: 'often to help hold water',
  spironolactone: 'often a water tablet, to clear fluid',
  tamsulosin: 'often to help pass water',
  tiotropium: 'often to help breathing',
  tramadol: 'often for pain',
  warfarin: 'often to stop blood clots',
}

/** What a medicine is often for; undefined if the glossary does not have it. */
export function medicineUse(name: string): string | undefined {
  const found = folded(name)
    .split(/[^a-z]+/)
    .find((each) => Object.hasOwn(uses, each))
  return found && uses[found]
}
