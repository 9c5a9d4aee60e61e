import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { EasyPictureName } from '#domain/plan/easy-read/easy-read.ts'

/** What the easy-read pictures are called where somebody chooses one. */
export const pictureLabels: Readonly<Record<EasyPictureName, MessageDescriptor>> = {
  house: msg`House`,
  person: msg`Person`,
  together: msg`Two people`,
  nurse: msg`Nurse or doctor`,
  walk: msg`Walking`,
  frame: msg`Walking frame`,
  church: msg`Church or community`,
  bed: msg`Bed`,
  night: msg`Night`,
  food: msg`Food`,
  cup: msg`Warm drink`,
  pills: msg`Pills`,
  phone: msg`Telephone`,
  calendar: msg`Calendar`,
  talk: msg`Talking`,
  help: msg`Help`,
  stop: msg`Stop`,
  foot: msg`Foot`,
  scales: msg`Scales`,
  ambulance: msg`Ambulance`,
  car: msg`Car`,
  clock: msg`Clock`,
}
