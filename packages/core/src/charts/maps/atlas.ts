// In a module of its own: bundlers understand the attribute here, and not in an `import()`.
import atlas from 'world-atlas/countries-110m.json' with { type: 'json' }

export { atlas }
