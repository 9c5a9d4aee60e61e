import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { PartKind } from '#domain/risk/published/part-kinds.ts'
import type { PublishedScoreCode } from '#domain/risk/published/published-score.ts'
import { groupLabels } from './labels.ts'

type Words = Readonly<Record<string, MessageDescriptor>>

/**
 * What a score is called, and what it says when it is high.
 * @unverified parr-30
 */
export const publishedLabels: Readonly<
  Record<PublishedScoreCode, Readonly<{ name: MessageDescriptor; about: MessageDescriptor }>>
> = {
  'charlson-quan-2011': {
    name: msg`Charlson, weights of 2011`,
    about: msg`More points: more illnesses that shorten life. Without age. No bands were published.`,
  },
  'elixhauser-van-walraven': {
    name: msg`Elixhauser`,
    about: msg`More points: a higher chance of dying in hospital. Below zero is possible. No bands were published.`,
  },
  'hospital-frailty': {
    name: msg`Hospital frailty`,
    about: msg`From diagnoses in hospital in the last two years. Below 5 low, 5 to 15 intermediate, above 15 high. Published for people aged 75 and over.`,
  },
  lace: {
    name: msg`LACE, at discharge (length of stay, acute admission, comorbidity, emergency visits)`,
    about: msg`The risk of dying or coming back unplanned within 30 days. 0 to 4 low, 5 to 9 moderate, 10 to 19 high.`,
  },
  hospital: {
    name: msg`HOSPITAL, at discharge (blood results, cancer care, procedures, stays)`,
    about: msg`The risk of coming back within 30 days for a reason that could be avoided. 0 to 4 low, 5 to 6 intermediate, 7 to 13 high.`,
  },
  'parr-30': {
    name: msg`PARR-30 (patients at risk of re-admission within 30 days)`,
    about: msg`The chance of an emergency return within 30 days, from 0 to 1. Not adjusted for the hospital. Ages, stays and conditions are shown with their coefficients.`,
  },
  news2: {
    name: msg`NEWS2 (National Early Warning Score, second version)`,
    about: msg`How ill somebody is now, from vital signs. 0 to 4 low, a single 3 asks for an urgent look, 5 to 6 medium, 7 and more high. On oxygen scale 1: not for people whose target is 88 to 92%.`,
  },
}

export const kindLabels: Readonly<Record<PartKind, MessageDescriptor>> = {
  age: msg`Age`,
  condition: msg`Conditions`,
  medicine: msg`Medicines`,
  use: msg`Use of care`,
  measurement: msg`Measured`,
  place: msg`Where they live`,
}

export const notCountedLabels = {
  age: msg`age`,
  condition: msg`conditions`,
  use: msg`use of care`,
} satisfies Words

export const bandLabels: Words = {
  low: msg`Low`,
  'low-medium': msg`Low, with a single sign that asks for an urgent look`,
  moderate: msg`Moderate`,
  medium: msg`Medium`,
  intermediate: msg`Intermediate`,
  high: msg`High`,
}

export const missingLabels: Words = {
  conditions: msg`any condition`,
  'hospital-stay': msg`a stay in hospital`,
  'hospital-diagnoses': msg`the diagnoses of the stays in hospital`,
  discharge: msg`a discharge from hospital`,
  haemoglobin: msg`haemoglobin during the stay`,
  sodium: msg`sodium during the stay`,
  deprivation: msg`the deprivation score of the neighbourhood`,
  'birth-date': msg`the birth date`,
  'vital-signs': msg`vital signs`,
  breathing: msg`breaths a minute`,
  oxygen: msg`oxygen in the blood`,
  pressure: msg`blood pressure`,
  pulse: msg`pulse`,
  temperature: msg`temperature`,
  'air-or-oxygen': msg`whether on air or oxygen`,
  consciousness: msg`whether alert`,
}

export const caveatLabels: Words = {
  'under-75': msg`This person is younger than 75. The score was not published for that age.`,
  'age-unknown': msg`No birth date is recorded. The score was published for some ages only.`,
  'admission-kind-assumed-emergency': msg`The record does not say whether the stay was planned. It counts as an emergency.`,
  'no-procedure-recorded': msg`No procedure is recorded for the stay, so none counts.`,
  'not-adjusted-for-hospital': msg`Not adjusted for the hospital.`,
  'scale-1': msg`Oxygen counts on scale 1.`,
  'not-under-16': msg`NEWS2 is not for people under 16.`,
}

export const partLabels: Words = {
  ...groupLabels,
  carit: msg`Irregular heartbeat`,
  valv: msg`Heart valve disease`,
  pcd: msg`Disease of the lung’s vessels`,
  hypunc: msg`High blood pressure`,
  hypc: msg`High blood pressure with complications`,
  para: msg`Paralysis`,
  ond: msg`Other disease of the nervous system`,
  diabunc: msg`Diabetes`,
  diabc: msg`Diabetes with complications`,
  hypothy: msg`Underactive thyroid`,
  rf: msg`Kidney failure`,
  ld: msg`Liver disease`,
  lymph: msg`Lymphoma`,
  solidtum: msg`Cancer that has not spread`,
  coag: msg`Blood that does not clot well`,
  obes: msg`Obesity`,
  wloss: msg`Weight loss`,
  fed: msg`Fluids and salts out of balance`,
  blane: msg`Anaemia from blood loss`,
  dane: msg`Anaemia from deficiency`,
  alcohol: msg`Alcohol`,
  drug: msg`Drugs`,
  psycho: msg`Psychosis`,
  depre: msg`Depression`,
  length: msg`Days in hospital`,
  acute: msg`Came as an emergency`,
  comorbidity: msg`Illnesses at the same time`,
  emergency: msg`Emergency visits in the six months before`,
  oncology: msg`Discharged from cancer care`,
  procedure: msg`A procedure during the stay`,
  'index-type': msg`Came as an emergency`,
  'stays-before': msg`Stays in the year before`,
  'in-last-30-days': msg`A stay in the 30 days before`,
  age: msg`Age`,
  deprivation: msg`Deprivation`,
  haemoglobin: msg`Haemoglobin below 12 g/dL`,
  sodium: msg`Sodium below 135 mmol/L`,
  breathing: msg`Breaths a minute`,
  oxygen: msg`Oxygen in the blood`,
  pressure: msg`Upper blood pressure`,
  pulse: msg`Pulse`,
  temperature: msg`Temperature`,
  'air-or-oxygen': msg`Air or oxygen`,
  consciousness: msg`Alert or not`,
}
