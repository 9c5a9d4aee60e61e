import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

const ofNode = globalThis.process?.getBuiltinModule?.('node:crypto')

/** As `sha256Hex`, on any host. */
export const sha256Anywhere = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/**
 * SHA-256 of a text’s UTF-8, in hexadecimal: synchronous, because the browser’s own function starts a task for each
 * few bytes. A server hashes each audit entry, and has a faster one.
 */
export const sha256Hex: (text: string) => string = ofNode
  ? (text) => ofNode.hash('sha256', text)
  : sha256Anywhere
