import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { CharlsonGroup } from '#domain/risk/charlson-groups.ts'
import type { Deficit } from '#domain/risk/deficits.ts'

type Words = Readonly<Record<string, MessageDescriptor>>

/** @unverified frailty-codes */
export const frailtyBandLabels: Words = {
  severe: msg`Severe frailty`,
  moderate: msg`Moderate frailty`,
  mild: msg`Mild frailty`,
  fit: msg`Fit`,
  unclear: msg`Cannot be worked out`,
}

export const knownLabels: Words = {
  'no-coordinator': msg`No coordinator yet`,
  'on-caseload': msg`On a caseload`,
  'not-now': msg`Not now`,
  all: msg`Everyone`,
}

export const leftOutLabels: Words = {
  resolved: msg`resolved`,
  inactive: msg`inactive`,
  remission: msg`in remission`,
  refuted: msg`refuted`,
  'entered-in-error': msg`entered in error`,
}

export const groupLabels: Readonly<Record<CharlsonGroup, MessageDescriptor>> = {
  mi: msg`Heart attack`,
  chf: msg`Heart failure`,
  pvd: msg`Peripheral vascular disease`,
  cevd: msg`Stroke and cerebrovascular disease`,
  dementia: msg`Dementia`,
  cpd: msg`Chronic lung disease`,
  rheumd: msg`Rheumatic disease`,
  pud: msg`Peptic ulcer`,
  mld: msg`Mild liver disease`,
  diab: msg`Diabetes`,
  diabwc: msg`Diabetes with complications`,
  hp: msg`Paralysis`,
  rend: msg`Kidney disease`,
  canc: msg`Cancer`,
  msld: msg`Moderate or severe liver disease`,
  metacanc: msg`Cancer that has spread`,
  aids: msg`AIDS`,
}

export const deficitLabels: Readonly<Record<Deficit, MessageDescriptor>> = {
  'activity-limitation': msg`Limited activity`,
  anaemia: msg`Anaemia`,
  arthritis: msg`Arthritis`,
  'atrial-fibrillation': msg`Atrial fibrillation`,
  'cerebrovascular-disease': msg`Cerebrovascular disease`,
  ckd: msg`Chronic kidney disease`,
  diabetes: msg`Diabetes`,
  dizziness: msg`Dizziness`,
  dyspnoea: msg`Breathlessness`,
  falls: msg`Falls`,
  'foot-problems': msg`Foot problems`,
  'fragility-fracture': msg`Fragility fracture`,
  'hearing-impairment': msg`Hearing loss`,
  'heart-failure': msg`Heart failure`,
  'heart-valve-disease': msg`Heart valve disease`,
  housebound: msg`Housebound`,
  hypertension: msg`High blood pressure`,
  'hypotension-syncope': msg`Low blood pressure or fainting`,
  'ischaemic-heart-disease': msg`Ischaemic heart disease`,
  'memory-and-cognition': msg`Memory and thinking`,
  mobility: msg`Mobility`,
  osteoporosis: msg`Osteoporosis`,
  parkinsonism: msg`Parkinsonism and tremor`,
  'peptic-ulcer': msg`Peptic ulcer`,
  'peripheral-vascular-disease': msg`Peripheral vascular disease`,
  polypharmacy: msg`Five medicines or more`,
  'requirement-for-care': msg`Needs care`,
  'respiratory-disease': msg`Lung disease`,
  'skin-ulcer': msg`Skin ulcer`,
  'sleep-disturbance': msg`Sleep`,
  'social-vulnerability': msg`Social vulnerability`,
  'thyroid-disease': msg`Thyroid disease`,
  'urinary-incontinence': msg`Urinary incontinence`,
  'urinary-system-disease': msg`Urinary system disease`,
  'visual-impairment': msg`Poor sight`,
  'weight-loss': msg`Weight loss`,
}
