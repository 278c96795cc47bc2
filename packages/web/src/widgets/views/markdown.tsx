import type { ReactElement } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'

/** HTML in the text stays text, and an address that would run something is dropped: both are what the library does by itself. */
export default function Markdown({ text }: { text: string }): ReactElement {
  return (
    <div dir="auto" className="flex flex-col gap-2.5 leading-5.5 wrap-anywhere">
      <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS}>
        {text}
      </ReactMarkdown>
    </div>
  )
}

const PLUGINS = [remarkGfm]

// The page's own headings come first: those of a text lie below them. Many a text begins with its second level.
const COMPONENTS: Components = {
  h1: ({ children }) => <h3 className="mt-1 text-lg font-semibold first:mt-0">{children}</h3>,
  h2: ({ children }) => <h3 className="mt-1 text-md font-semibold first:mt-0">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-1 font-semibold first:mt-0">{children}</h4>,
  h4: ({ children }) => <h5 className="font-medium text-muted">{children}</h5>,
  h5: ({ children }) => <h6 className="font-medium text-muted">{children}</h6>,
  h6: ({ children }) => <h6 className="font-medium text-muted">{children}</h6>,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer" className="text-accent-ink underline underline-offset-2">
      {children}
    </a>
  ),
  ul: ({ children, className = '' }) => (
    <ul className={`flex flex-col gap-1 ${className.includes('task-list') ? '' : 'list-disc pl-5'}`}>{children}</ul>
  ),
  ol: ({ children, start }) => (
    <ol start={start} className="flex list-decimal flex-col gap-1 pl-5">
      {children}
    </ol>
  ),
  blockquote: ({ children }) => <blockquote className="border-l-2 border-line pl-3 text-muted">{children}</blockquote>,
  code: ({ children }) => (
    <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-sm in-[pre]:bg-transparent in-[pre]:p-0">
      {children}
    </code>
  ),
  pre: ({ children }) => <pre className="overflow-x-auto rounded-md bg-sunken p-3 whitespace-pre">{children}</pre>,
  hr: () => <hr className="my-1" />,
  img: ({ src, alt = '' }) => (
    <img src={src} alt={alt} referrerPolicy="no-referrer" loading="lazy" className="max-w-full rounded-md" />
  ),
  input: ({ checked }) => (
    <input type="checkbox" checked={checked ?? false} disabled aria-label="Done" className="mr-1.5 align-middle" />
  ),
  table: ({ children }) => (
    <div className="overflow-x-auto">
      <table className="figures border-collapse text-left">{children}</table>
    </div>
  ),
  th: ({ children, style }) => (
    <th scope="col" style={style} className="border-b border-line py-1 pr-4 font-medium text-muted">
      {children}
    </th>
  ),
  td: ({ children, style }) => (
    <td style={style} className="border-b border-line py-1 pr-4">
      {children}
    </td>
  ),
}
