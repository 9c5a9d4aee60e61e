import type { Media, Resource } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isAboutMePhoto, noPicture, photoIdFor } from '#domain/photo/about-me-photo.ts'
import { type JpegFault, jpegFault, largestPhoto } from '#domain/photo/jpeg-fault.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

type Photo = Media & { id: string }
type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/**
 * The picture of About me as it is stored: chosen by the person, or by a professional named in the care who says how the
 * person said yes; a small JPEG that says nothing about where and when it was taken. Throws 403 and 422.
 */
export async function keepPhoto(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): Promise<ResourceWithId> {
  const was = before !== undefined && isAboutMePhoto(before)
  const is = isAboutMePhoto(resource)
  if (!was && !is) return resource
  if (before && was !== is) throw refusal('A picture of About me stays one', 'type')
  const photo = resource as Photo
  const owner = mustBeOf(photo, person)
  const isOwn = await mustBeWanted(context, photo, owner)
  if (photo.status === 'entered-in-error') return stamped(context, { ...photo, content: noPicture })
  mustBePicture(photo)
  if (!isOwn && !agreedIn(photo)) throw refusal('Write down how the person said yes', 'extension')
  return stamped(context, photo)
}

function mustBeOf(photo: Photo, person: string | undefined): string {
  if (!person || photo.subject?.reference !== `Patient/${person}`)
    throw refusal('Name the person as Patient/<id>', 'subject')
  if (photo.id !== photoIdFor(person))
    throw refusal(`The picture of this person has the id ${photoIdFor(person)}`, 'id')
  return person
}

async function mustBeWanted(
  context: RequestContext,
  photo: Photo,
  person: string,
): Promise<boolean> {
  const relation = await relationTo(context, person)
  if (relation === 'self') return true
  const { actor } = context
  if (relation === 'named' && isStaff(actor) && actor.practitioner) return false
  // whoever else may write there takes it away, and puts none there
  if (photo.status === 'entered-in-error' && isStaff(actor)) return false
  throw forbidden('The person chooses their picture, or a professional named in their care')
}

const agreedIn = (photo: Photo) => extensionOf(photo, 'agreed-how')?.valueString?.trim()

const faults: Readonly<Record<JpegFault, string>> = {
  'not-jpeg': 'The picture is not a JPEG',
  'too-large': `The picture has more than ${largestPhoto / 1024} kB`,
  'has-metadata': 'The picture says where or when it was taken. Take that out',
}

function mustBePicture({ status, content }: Photo): void {
  if (status !== 'completed') throw refusal('A picture is completed, or taken away', 'status')
  const { contentType, data = '', url, title = '' } = content ?? {}
  if (url) throw refusal('The picture is in the record, not elsewhere', 'content.url')
  if (contentType !== 'image/jpeg') throw refusal('The picture is a JPEG', 'content.contentType')
  if (title.trim() === '' || title.length > 200)
    throw refusal('Say in up to 200 characters what is to be seen', 'content.title')
  const fault = jpegFault(bytesIn(data))
  if (fault) throw refusal(faults[fault], 'content.data')
}

function bytesIn(data: string): Uint8Array {
  try {
    return Uint8Array.from(atob(data.replaceAll(/\s/g, '')), (each) => each.charCodeAt(0))
  } catch {
    throw refusal('The picture is not in base64', 'content.data')
  }
}

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Media.${element}` })

function stamped({ actor, now }: RequestContext, photo: Photo): Photo {
  const by = actor.person ? `Patient/${actor.person}` : `Practitioner/${actor.practitioner}`
  return {
    ...photo,
    operator: { reference: by, display: actor.name },
    createdDateTime: now.toISOString(),
  }
}
