import { msg } from '@lingui/core/macro'
import type { PlainResult } from '#domain/record/plain-result.ts'
import type { PlainWords } from './plain-words.ts'

/** What a test or reading is called in plain words, as it follows “your” or a name, and one short sentence more. */
export const resultWords: Readonly<Record<PlainResult, PlainWords>> = {
  weight: { words: msg`weight`, means: msg`Weight that goes up fast can mean fluid.` },
  'blood-pressure': { words: msg`blood pressure`, means: msg`How hard the blood pushes.` },
  oxygen: { words: msg`oxygen level`, means: msg`How much oxygen gets into the blood.` },
  'blood-sugar': { words: msg`blood sugar at one moment`, means: msg`It goes up after a meal.` },
  pulse: { words: msg`heartbeats in a minute`, means: msg`Also called the pulse.` },
  'long-blood-sugar': {
    words: msg`blood sugar over three months`,
    means: msg`The test is called HbA1c.`,
  },
  kidneys: {
    words: msg`kidney function`,
    means: msg`How well the kidneys work. A higher number is better. The test is called eGFR.`,
  },
  creatinine: {
    words: msg`creatinine`,
    means: msg`Waste that the kidneys should clear out of the blood.`,
  },
  'urine-protein': {
    words: msg`protein in the urine`,
    means: msg`It is an early sign that the kidneys are hurt.`,
  },
  haemoglobin: { words: msg`haemoglobin`, means: msg`How well the blood carries oxygen.` },
  potassium: {
    words: msg`potassium`,
    means: msg`A salt in the blood. The heart needs the right amount.`,
  },
  sodium: { words: msg`sodium`, means: msg`Salt in the blood. Some tablets change it.` },
  cholesterol: {
    words: msg`cholesterol`,
    means: msg`A fat in the blood. This number counts all of it.`,
  },
  'bad-cholesterol': {
    words: msg`bad cholesterol`,
    means: msg`Fat in the blood that can clog. The test is called LDL.`,
  },
  'good-cholesterol': { words: msg`good cholesterol`, means: msg`The test is called HDL.` },
  triglycerides: { words: msg`triglycerides`, means: msg`Another fat in the blood.` },
  'heart-strain': {
    words: msg`heart strain`,
    means: msg`How hard the heart has to work. The test is called BNP.`,
  },
  thyroid: {
    words: msg`thyroid`,
    means: msg`How well a gland in the neck works. The test is called TSH.`,
  },
  'infection-signs': { words: msg`signs of infection`, means: msg`The test is called CRP.` },
  'white-cells': { words: msg`white cells`, means: msg`The cells that fight germs.` },
  platelets: { words: msg`platelets`, means: msg`The cells that help blood to clot.` },
  'clotting-time': { words: msg`blood clotting time`, means: msg`The test is called INR.` },
  'iron-store': { words: msg`iron in store`, means: msg`The test is called ferritin.` },
  'vitamin-b12': { words: msg`vitamin B12`, means: msg`Blood and nerves need it.` },
  'vitamin-d': { words: msg`vitamin D`, means: msg`Bones need it.` },
  'weight-for-height': { words: msg`weight for height`, means: msg`Also called BMI.` },
  height: { words: msg`height` },
  temperature: { words: msg`temperature` },
  breaths: { words: msg`breaths in a minute` },
  mood: { words: msg`mood over two weeks`, means: msg`From the questions about mood (PHQ-9).` },
  smoking: { words: msg`smoking` },
}
