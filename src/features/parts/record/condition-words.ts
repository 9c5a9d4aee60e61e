import { msg } from '@lingui/core/macro'
import type { PlainCondition } from '#domain/record/plain-condition.ts'
import type { PlainWords } from './plain-words.ts'

/** What a condition is called in plain words, and one short sentence more. */
export const conditionWords: Readonly<Record<PlainCondition, PlainWords>> = {
  'heart-failure': {
    words: msg`Heart failure`,
    means: msg`The heart does not pump as well as it should, so fluid can build up.`,
  },
  'uneven-heartbeat': {
    words: msg`An uneven heartbeat`,
    means: msg`The heart beats out of time, and often fast.`,
  },
  'high-blood-pressure': {
    words: msg`High blood pressure`,
    means: msg`Blood pushes too hard as it goes round the body.`,
  },
  'heart-disease': {
    words: msg`Heart disease`,
    means: msg`The tubes that bring blood to the heart are narrow.`,
  },
  'heart-attack': {
    words: msg`A heart attack`,
    means: msg`Part of the heart did not get enough blood.`,
  },
  'heart-valve': {
    words: msg`A heart valve problem`,
    means: msg`One of the valves in the heart does not open or close well.`,
  },
  stroke: { words: msg`A stroke`, means: msg`A clot or a bleed harmed part of the brain.` },
  'mini-stroke': {
    words: msg`A mini-stroke`,
    means: msg`Part of the brain was short of blood for a short time.`,
  },
  'leg-blood-flow': {
    words: msg`Poor blood flow in the legs`,
    means: msg`The tubes that bring blood to the legs are narrow.`,
  },
  'type-2-diabetes': {
    words: msg`Type 2 diabetes`,
    means: msg`There is too much sugar in the blood.`,
  },
  'type-1-diabetes': {
    words: msg`Type 1 diabetes`,
    means: msg`The body makes no insulin, so it has to be taken.`,
  },
  diabetes: { words: msg`Diabetes`, means: msg`There is too much sugar in the blood.` },
  'near-diabetes': {
    words: msg`Close to diabetes`,
    means: msg`Blood sugar is higher than it should be.`,
  },
  'diabetic-eyes': {
    words: msg`Eye trouble from diabetes`,
    means: msg`High blood sugar has harmed the back of the eyes.`,
  },
  'kidney-disease': {
    words: msg`Kidney disease`,
    means: msg`The kidneys do not clean the blood as well as they should.`,
  },
  copd: {
    words: msg`COPD, a long-term lung illness`,
    means: msg`It is hard to get air in and out of the lungs.`,
  },
  asthma: { words: msg`Asthma`, means: msg`The airways get tight, and breath wheezes.` },
  'lung-infection': {
    words: msg`A lung infection`,
    means: msg`Germs in the lungs. It is also called pneumonia.`,
  },
  'worn-joints': {
    words: msg`Worn joints`,
    means: msg`The joints are stiff and sore. It is also called arthritis.`,
  },
  'swollen-joints': {
    words: msg`Swollen, painful joints`,
    means: msg`The body attacks its own joints. It is a form of arthritis.`,
  },
  'thin-bones': {
    words: msg`Thin bones`,
    means: msg`Bones break more easily. It is also called osteoporosis.`,
  },
  gout: { words: msg`Gout`, means: msg`A joint gets hot, red and very sore.` },
  falls: { words: msg`Falls`, means: msg`One fall or more.` },
  dementia: { words: msg`Dementia`, means: msg`Memory and thinking get harder over time.` },
  alzheimers: {
    words: msg`Alzheimer’s`,
    means: msg`A kind of dementia. Memory and thinking get harder over time.`,
  },
  memory: { words: msg`Trouble with memory`, means: msg`Forgetting more things than before.` },
  parkinsons: {
    words: msg`Parkinson’s`,
    means: msg`Moving gets slow and stiff, and the hands may shake.`,
  },
  epilepsy: { words: msg`Epilepsy`, means: msg`It can cause fits.` },
  'low-mood': {
    words: msg`Low mood`,
    means: msg`Feeling low for a long time. It is also called depression.`,
  },
  anxious: { words: msg`Feeling very anxious`, means: msg`Worry gets in the way of the day.` },
  schizophrenia: {
    words: msg`Schizophrenia`,
    means: msg`Hearing or believing things that others do not.`,
  },
  bipolar: { words: msg`Bipolar disorder`, means: msg`Mood can swing very high and very low.` },
  hearing: { words: msg`Trouble hearing`, means: msg`Sounds are harder to hear.` },
  seeing: { words: msg`Trouble seeing`, means: msg`Things are harder to see.` },
  cataract: { words: msg`Cataract`, means: msg`The lens of the eye has gone cloudy.` },
  'leaking-urine': { words: msg`Leaking urine`, means: msg`The bladder leaks when it should not.` },
  'urine-infection': {
    words: msg`A urine infection`,
    means: msg`Germs make it sore to pass urine. It is also called a UTI.`,
  },
  constipation: { words: msg`Constipation`, means: msg`It is hard to empty the bowels.` },
  anaemia: {
    words: msg`Anaemia, or low iron`,
    means: msg`The blood carries less oxygen, which is tiring.`,
  },
  'slow-thyroid': {
    words: msg`A slow thyroid`,
    means: msg`A gland in the neck makes too little. It makes people tired and cold.`,
  },
  'high-cholesterol': {
    words: msg`High cholesterol`,
    means: msg`There is too much fat in the blood.`,
  },
  overweight: { words: msg`Being very overweight`, means: msg`Weight is high for the height.` },
  'prostate-cancer': {
    words: msg`Prostate cancer`,
    means: msg`Cancer in a gland below the bladder.`,
  },
  'breast-cancer': { words: msg`Breast cancer`, means: msg`Cancer in the breast.` },
  cancer: { words: msg`Cancer`, means: msg`Cells in the body grow when they should not.` },
  frailty: {
    words: msg`Frailty`,
    means: msg`The body takes longer to get over being ill or hurt.`,
  },
  moving: { words: msg`Trouble moving about`, means: msg`Walking or moving is hard.` },
  'pressure-sore': {
    words: msg`A pressure sore`,
    means: msg`Skin is hurt from sitting or lying too long.`,
  },
  'skin-infection': { words: msg`A skin infection`, means: msg`Germs make the skin hot and red.` },
  'out-of-breath': { words: msg`Out of breath`, means: msg`Being short of breath.` },
  'care-home': { words: msg`Living in a care home`, means: msg`People there help day and night.` },
}
