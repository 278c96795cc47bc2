/** A file of a workbook with one element around everything. */
export function part(name: string, content: string): string {
  return `${XML_HEAD}<${name} xmlns="${FORMATS}/spreadsheetml/2006/main">${content}</${name}>`
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
export const FORMATS = 'http://schemas.openxmlformats.org'
