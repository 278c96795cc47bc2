import { SaxesParser } from 'saxes'
import { encodingOf } from '../text-file.ts'

/** What is told of an XML file while it is read. Names are without their prefixes, which each program chooses for itself. */
export interface XmlHandlers {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/** Reads it piece by piece. What is no XML throws. Entities other than the five of XML are errors, too: they can be bombs. */
export async function readXml(bytes: AsyncIterable<Buffer>, { open, text, close }: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ position: false, xmlns: false } as const)
  parser.on('opentag', ({ name, attributes }) => open(localName(name), attributes))
  if (text) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  if (close) parser.on('closetag', ({ name }) => close(localName(name)))
  let decoder: TextDecoder | undefined
  for await (const piece of bytes) {
    decoder ??= new TextDecoder(encodingOf(piece))
    parser.write(decoder.decode(piece, { stream: true }))
  }
  parser.write(decoder?.decode() ?? '').close()
}

export const localName = (name: string) => name.slice(name.indexOf(':') + 1)
