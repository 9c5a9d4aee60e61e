import type { Bundle, Device, Observation, Patient, Resource } from '@medplum/fhirtypes'
import { digitsAt } from '#domain/decimal/digits.ts'
import type { DeviceLine } from './device-rows.ts'
import { readingFromFhir, readingToFhir, uncomparedFromFhir } from './fhir.ts'
import type { Reading } from './reading.ts'

/** Who the file has to be about, as far as it says. */
export type WhoseFile = Readonly<{ nhsNumber?: string; birthDate?: string }>

/** A Bundle, one resource, a list of them, or one to a line. Throws `SyntaxError` if it is no JSON. */
export function resourcesIn(text: string): readonly Resource[] {
  const whole = text.trim()
  const found = /^\s*\{[^\n]*\}\s*\n\s*\{/.test(whole)
    ? whole
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as unknown)
    : [JSON.parse(whole) as unknown].flat()
  return found.flatMap((each) => {
    if (typeof each !== 'object' || each === null) return []
    const { resourceType } = each as { resourceType?: string }
    if (resourceType !== 'Bundle') return resourceType ? [each as Resource] : []
    return ((each as Bundle).entry ?? []).flatMap(({ resource }) => resource ?? [])
  })
}

/** The observations of a file of FHIR, each with its device; whatever else is in it is left out. */
export function deviceFhir(
  resources: readonly Resource[],
  person: string,
  whose: WhoseFile,
): readonly DeviceLine[] {
  const isOthers = isOfAnother(resources, whose)
  const devices = new Map(
    resources
      .filter((each) => each.resourceType === 'Device')
      .map((each) => [`Device/${each.id}`, nameOfDevice(each as Device)]),
  )
  return resources.flatMap((each, place): readonly DeviceLine[] => {
    if (each.resourceType !== 'Observation') return []
    const observation: Observation = { ...each, subject: { reference: `Patient/${person}` } }
    const { display, reference = '' } = observation.device ?? {}
    return [
      isOthers || isNumberOfAnother(each, whose)
        ? { line: place + 1, is: 'refused', why: 'other-person', written: writtenIn(each) }
        : lineOf(observation, place + 1, display ?? devices.get(reference)),
    ]
  })
}

function lineOf(observation: Observation, line: number, device: string | undefined): DeviceLine {
  const written = writtenIn(observation)
  const reading = readingFromFhir(observation)
  if (!reading) {
    const uncompared = uncomparedFromFhir(observation)
    return uncompared
      ? { line, is: 'refused', why: 'unknown-unit', written: uncompared.written }
      : { line, is: 'refused', why: 'no-kind', written }
  }
  const { id: _id, person: _person, by: _by, device: _device, ...measured } = reading
  const at = asInstant(reading.at)
  const amount = { ...measured, at, sent: written, converted: isConverted(observation, reading) }
  return { line, is: 'amount', amount, ...(device && { device }) }
}

const asInstant = (at: string) => (at.length > 10 ? new Date(Date.parse(at)).toISOString() : at)

const nameOfDevice = ({ deviceName, modelNumber, type, manufacturer }: Device): string =>
  deviceName?.[0]?.name ?? type?.text ?? [manufacturer, modelNumber].filter(Boolean).join(' ')

const nhsSystem = 'https://fhir.nhs.uk/Id/nhs-number'
const digits = (text = '') => text.replace(/\D/g, '')

/** A person in the file with another NHS number or birth date than this one. */
const isOfAnother = (resources: readonly Resource[], whose: WhoseFile): boolean =>
  resources
    .filter((each) => each.resourceType === 'Patient')
    .some((each) => {
      const { identifier = [], birthDate } = each as Patient
      const number = identifier.find(({ system }) => system === nhsSystem)?.value
      return (
        (birthDate !== undefined &&
          whose.birthDate !== undefined &&
          birthDate !== whose.birthDate) ||
        isOther(number, whose)
      )
    })

const isOther = (number: string | undefined, { nhsNumber }: WhoseFile) =>
  number !== undefined && nhsNumber !== undefined && digits(number) !== digits(nhsNumber)

const isNumberOfAnother = ({ subject }: Observation, whose: WhoseFile) =>
  subject?.identifier?.system === nhsSystem && isOther(subject.identifier.value, whose)

/** As it is in the file: `172 lb`, `132/84 mmHg`. */
function writtenIn({ valueQuantity, component = [], code }: Observation): string {
  const quantities = valueQuantity
    ? [valueQuantity]
    : component.flatMap((each) => each.valueQuantity ?? [])
  const numbers = quantities.map((each) => digitsAt(each, 'value') ?? String(each.value ?? ''))
  const [first] = quantities
  const amount = `${numbers.join('/')} ${first?.unit ?? first?.code ?? ''}`.trim()
  return amount || code?.text || code?.coding?.[0]?.code || ''
}

const isConverted = (observation: Observation, { value }: Reading): boolean =>
  (observation.valueQuantity ?? observation.component?.[0]?.valueQuantity)?.value !== value

/** A reading that a device took, as it is stored: with the name of the device, and with what was sent if it was converted. */
export const deviceReadingToFhir = (
  reading: Reading,
  { device, sent, converted }: Readonly<{ device: string; sent: string; converted: boolean }>,
): Observation & { id: string } => ({
  ...readingToFhir(reading),
  device: { display: device },
  ...(converted ? { note: [{ text: `As the device sent it: ${sent}` }] } : {}),
})
