import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { MedicineUse } from '#domain/record/medicine-use.ts'

/** What a medicine is often for, as a sentence. */
export const medicineWords: Readonly<Record<MedicineUse, MessageDescriptor>> = {
  'slow-thyroid': msg`It is for a slow thyroid.`,
  insulin: msg`It is for diabetes.`,
  'water-tablet': msg`It is often a water tablet, to clear fluid.`,
  'breast-cancer': msg`It is often for breast cancer.`,
  diabetes: msg`It is often for diabetes.`,
  'diabetes-heart': msg`It is often for diabetes or the heart.`,
  'diabetes-heart-kidneys': msg`It is often for diabetes, the heart or the kidneys.`,
  'blood-pressure': msg`It is often for high blood pressure.`,
  'blood-pressure-urine': msg`It is often for high blood pressure, or to make it easier to pass urine.`,
  'blood-pressure-heart': msg`It is often for high blood pressure or the heart.`,
  'low-mood': msg`It is often for low mood.`,
  'nerve-pain': msg`It is often for nerve pain.`,
  'nerve-pain-sleep': msg`It is often for nerve pain or sleep.`,
  pain: msg`It is often for pain.`,
  'pain-swelling': msg`It is often for pain and swelling.`,
  'strong-pain': msg`It is often for strong pain.`,
  'thin-bones': msg`It is often for thin bones.`,
  swelling: msg`It is often to calm swelling.`,
  iron: msg`It is often to give the body iron.`,
  breathing: msg`It is often to help breathing.`,
  'bladder-leaks': msg`It is often for a bladder that leaks.`,
  'make-blood': msg`It is often to help the body make blood.`,
  'pass-urine': msg`It is often to make it easier to pass urine.`,
  bowels: msg`It is often to help the bowels.`,
  memory: msg`It is often to help with memory.`,
  'blood-fat': msg`It is often to lower fat in the blood.`,
  airways: msg`It is often to open the airways.`,
  gout: msg`It is often to prevent gout.`,
  stomach: msg`It is often to protect the stomach.`,
  'slow-help-heart': msg`It is often to slow and help the heart.`,
  'slow-heart': msg`It is often to slow the heart.`,
  'blood-clots': msg`It is often to stop blood clots.`,
}
