import { expect, test } from 'vitest'
import { jpegBytes, jpegPart } from '#test-support/worlds/jpeg-bytes.ts'
import { jpegFault, largestPhoto, withoutMetadata } from './jpeg-fault.ts'

const plain = jpegBytes()
const exif = jpegPart(0xe1, 'Exif 51.5N 0.1W')

test.each<[string, number[], ReturnType<typeof jpegFault>]>([
  ['a plain picture', plain, undefined],
  ['a picture with the place where it was taken', jpegBytes(exif), 'has-metadata'],
  ['a picture with a comment', jpegBytes(jpegPart(0xfe, 'by Tom')), 'has-metadata'],
  [
    'a picture with the place behind the scan',
    [...plain.slice(0, -2), ...exif, 0xff, 0xd9],
    'has-metadata',
  ],
  [
    'a picture with a smaller one of before it was cut',
    jpegBytes(jpegPart(0xe0, 'JFXX thumb')),
    'has-metadata',
  ],
  [
    'a picture with a smaller one in its beginning',
    jpegBytes(jpegPart(0xe0, 'JFIF\0\u0001\u0001\0\0\u0001\0\u0001\u0001\u0001')),
    'has-metadata',
  ],
  ['a second picture behind the first one', [...plain, ...jpegBytes(exif)], 'not-jpeg'],
  ['a mark that no picture needs', jpegBytes(jpegPart(0xf0, 'Exif')), 'not-jpeg'],
  ['a PNG', [0x89, 0x50, 0x4e, 0x47, ...plain], 'not-jpeg'],
  ['a text', [...'<svg onload=alert(1)>'].map((each) => each.charCodeAt(0)), 'not-jpeg'],
  ['a JPEG with something behind it', [...plain, 0x3c, 0x68], 'not-jpeg'],
  ['the beginning of a JPEG', plain.slice(0, 8), 'not-jpeg'],
  [
    'a part that is longer than the file',
    [0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0xff, 0xd9],
    'not-jpeg',
  ],
  ['nothing', [], 'not-jpeg'],
  ['a picture that is too large', [...plain, ...Array<number>(largestPhoto).fill(0)], 'too-large'],
])('%s', (_title, bytes, fault) => {
  expect(jpegFault(Uint8Array.from(bytes))).toBe(fault)
})

test('Metadata is taken out, and the picture stays as it is', () => {
  const taken = withoutMetadata(Uint8Array.from(jpegBytes(exif, jpegPart(0xed, 'Photoshop'))))
  expect([...taken]).toEqual(plain)
  expect([...withoutMetadata(Uint8Array.from([1, 2, 3]))]).toEqual([1, 2, 3])
})
