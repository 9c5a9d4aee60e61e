import { largestPhoto, withoutMetadata } from '#domain/photo/jpeg-fault.ts'

const longestSide = 720
const qualities = [0.85, 0.7, 0.55, 0.4, 0.3] as const

/**
 * A picture drawn again on the device: small, a JPEG, and without what says where and when it was taken. Base64;
 * undefined if it is no picture that this browser can draw.
 */
export async function smallJpeg(file: Blob): Promise<string | undefined> {
  const picture = await drawable(file)
  if (!picture) return undefined
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const brush = canvas.getContext('2d')
  if (!brush) return undefined
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height)
  for (const quality of qualities) {
    const bytes = await drawn(canvas, quality)
    if (bytes && bytes.length <= largestPhoto) return base64Of(bytes)
  }
  return undefined
}

async function drawable(file: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file)
  } catch {
    return undefined
  }
}

async function drawn(canvas: HTMLCanvasElement, quality: number) {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', quality)
  })
  return blob && withoutMetadata(new Uint8Array(await blob.arrayBuffer()))
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (const each of bytes) text += String.fromCharCode(each)
  return btoa(text)
}
