/**
 * ECharts keeps the widths of texts in a plain object by the texts themselves: a label `__proto__`, which anybody can send as the
 * name of an event, finds `Object.prototype` there, and writes into it what then breaks every chart of the page. With this, such
 * a text is kept under another key. To be called once with zrender's `LRU`, before anything is drawn.
 */
export function guardTextCache({ prototype }: { readonly prototype: TextCache }): void {
  const { get, put } = prototype
  prototype.get = function (key) {
    return get.call(this, safeKey(key))
  }
  prototype.put = function (key, value) {
    return put.call(this, safeKey(key), value)
  }
}

interface TextCache {
  get(key: string | number): unknown
  put(key: string | number, value: never): unknown
}

const safeKey = (key: string | number) => (key === '__proto__' ? '\0__proto__' : key)
