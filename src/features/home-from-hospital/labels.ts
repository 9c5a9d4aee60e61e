import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ArrangedKind } from '#domain/discharge/arranged-task.ts'
import type { CallChoice, CallQuestion } from '#domain/discharge/call-questions.ts'
import type { MedicineChange } from '#domain/discharge/medicine-row.ts'
import type { ThreadMark } from '#domain/discharge/stay-thread.ts'
import type { MarkState } from '#ui/feedback/state-mark.tsx'

/** Said aloud, as they stand. */
export const questionLabels: Readonly<Record<CallQuestion, MessageDescriptor>> = {
  'how-are-you': msg`“How have you been since you came home?”`,
  medicines: msg`“Shall we go through your medicines, with the boxes in front of you?”`,
  'if-worse': msg`“If you got worse, what would you do? Who would you ring?”`,
  'at-home': msg`“Is there food in the house? Is it warm? Can you get to the toilet?”`,
  'next-step': msg`“Do you know who sees you next, and when?”`,
  carer: msg`To the one who cares for them: “And you, how are you managing?”`,
}

export const choiceLabels: Readonly<Record<CallChoice, MessageDescriptor>> = {
  better: msg`Better`,
  same: msg`The same`,
  worse: msg`Worse`,
  'went-through': msg`We went through them`,
  'not-now': msg`Not now`,
  knows: msg`Knows`,
  'told-today': msg`Told today`,
  'does-not-know': msg`Does not know yet`,
  'yes-to-all': msg`Yes to all`,
  'not-all': msg`Not all`,
  managing: msg`Managing`,
  'worn-out': msg`Worn out`,
  'cannot-go-on': msg`Cannot go on`,
  'no-carer': msg`Nobody cares for them`,
}

export const markLabels: Readonly<Record<ThreadMark['kind'], MessageDescriptor>> = {
  admitted: msg`Went into hospital`,
  expected: msg`Expected home`,
  home: msg`Left hospital`,
  tried: msg`Nobody answered`,
  reached: msg`Reached`,
  now: msg`Now`,
  'contact-by': msg`Call before this`,
  'visit-by': msg`Visit by`,
  'follow-up': msg`Seen next`,
  'last-day': msg`30 days at home`,
}

export const markShapes: Readonly<Record<ThreadMark['state'], MarkState>> = {
  done: 'agreed',
  failed: 'failed',
  due: 'due',
  late: 'failed',
  'to-come': 'missing',
  now: 'new',
}

export const medicineChangeLabels: Readonly<Record<MedicineChange, MessageDescriptor>> = {
  started: msg`New`,
  stopped: msg`Stopped`,
  changed: msg`Changed`,
  same: msg`The same`,
  'not-known': msg`Not known yet`,
}

export const medicineChangeShapes: Readonly<Record<MedicineChange, MarkState>> = {
  started: 'new',
  stopped: 'writing',
  changed: 'writing',
  same: 'agreed',
  'not-known': 'missing',
}

export const arrangedLabels: Readonly<Record<ArrangedKind, MessageDescriptor>> = {
  equipment: msg`Equipment`,
  'follow-up': msg`Who sees them next`,
  carer: msg`Help for the one who cares`,
  medicine: msg`Medicines`,
  other: msg`Something else`,
}
