import { number, PdfFile, type Reference, textString, urlString } from './pdf-file.ts';
import { type Annotation, type Element, PAGE, type TaggedDocument, type Target } from './tagged-document.ts';
import { writeFonts } from './write-fonts.ts';

/** What the file says about itself. */
export interface FileFacts {
  readonly title: string;
  readonly organisation: string;
  readonly language: string;
  readonly madeOn: { readonly year: number; readonly month: number; readonly day: number };
}

interface Writing {
  readonly file: PdfFile;
  readonly document: TaggedDocument;
  /** By place in the document. */
  readonly pages: readonly Reference[];
  readonly elements: Map<Element, Reference>;
  readonly annotations: Map<Annotation, { readonly reference: Reference; readonly key: number }>;
}

/** The file of a document: PDF 1.7 that follows PDF/UA-1 (ISO 14289-1). */
export function writePdf(document: TaggedDocument, facts: FileFacts): Uint8Array {
  const file = new PdfFile();
  const pages = document.pages.map(() => file.reserve());
  const writing: Writing = { file, document, pages, elements: new Map(), annotations: new Map() };
  for (const annotation of document.pages.flatMap((page) => page.annotations)) {
    const key = document.pages.length + writing.annotations.size;
    writing.annotations.set(annotation, { reference: file.reserve(), key });
  }
  const tree = writeTree(writing);
  const pageTree = writePages(writing);
  const description = Buffer.from(describe(facts), 'utf8');
  const metadata = file.addStream(description, ' /Type /Metadata /Subtype /XML', { isPlain: true });
  const outline = document.targets.length === 0 ? '' : ` /Outlines ${writeOutline(writing)} 0 R`;
  const root = file.add(
    `<< /Type /Catalog /Pages ${pageTree} 0 R /Lang (${facts.language}) /MarkInfo << /Marked true >> ` +
      `/StructTreeRoot ${tree} 0 R /ViewerPreferences << /DisplayDocTitle true >> /Metadata ${metadata} 0 R${outline} >>`,
  );
  const { year, month, day } = dateParts(facts);
  const made = `(D:${year}${month}${day}000000Z)`;
  const info = file.add(
    `<< /Title ${textString(facts.title)} /Author ${textString(facts.organisation)} /Creator (Lintel) ` +
      `/Producer (Lintel) /CreationDate ${made} /ModDate ${made} >>`,
  );
  return file.finish(root, info);
}

/** The structure tree, and the way back from marked content and links to their tags. */
function writeTree(writing: Writing): Reference {
  const { file, document, elements, annotations } = writing;
  const root = file.reserve();
  const number = (element: Element): void => {
    elements.set(element, file.reserve());
    for (const kid of element.kids) if ('tag' in kid) number(kid);
  };
  number(document.root);
  for (const [element, reference] of elements) writeElement(writing, element, reference, root);
  const byPage = document.pages.map((page) => `${page.index} [${page.marks.map(referenceTo).join(' ')}]`);
  const byLink = [...annotations].map(([annotation, { key }]) => `${key} ${referenceTo(annotation.owner)}`);
  const parents = file.add(`<< /Nums [${[...byPage, ...byLink].join('\n')}] >>`);
  const next = document.pages.length + annotations.size;
  return file.add(
    `<< /Type /StructTreeRoot /K [${referenceTo(document.root)}] /ParentTree ${parents} 0 R /ParentTreeNextKey ${next} >>`,
    root,
  );

  function referenceTo(element: Element): string {
    return `${elements.get(element)} 0 R`;
  }
}

function writeElement(writing: Writing, element: Element, reference: Reference, root: Reference): void {
  const { elements, annotations, pages } = writing;
  const kids = element.kids.map((kid) => {
    if ('tag' in kid) return `${elements.get(kid)} 0 R`;
    const page = `/Pg ${pages[kid.page.index]} 0 R`;
    if ('mark' in kid) return `<< /Type /MCR ${page} /MCID ${kid.mark} >>`;
    return `<< /Type /OBJR ${page} /Obj ${annotations.get(kid)?.reference} 0 R >>`;
  });
  const parent = element.parent ? elements.get(element.parent) : root;
  const language = element.language === undefined ? '' : ` /Lang (${element.language})`;
  const entries = element.entries === undefined ? '' : ` ${element.entries}`;
  writing.file.add(
    `<< /Type /StructElem /S /${element.tag} /P ${parent} 0 R${language}${entries} /K [${kids.join(' ')}] >>`,
    reference,
  );
}

function writePages(writing: Writing): Reference {
  const { file, document, pages, annotations } = writing;
  const tree = file.reserve();
  const resources = file.add(`<< /Font << ${writeFonts(file, document.letters.fonts)} >> >>`);
  for (const page of document.pages) {
    const content = file.addStream(Buffer.from(page.commands.join('\n'), 'latin1'));
    const links = page.annotations.map((annotation) => `${writeAnnotation(writing, annotation)} 0 R`);
    const areas = links.length === 0 ? '' : ` /Annots [${links.join(' ')}]`;
    file.add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Resources ${resources} 0 R ` +
        `/Contents ${content} 0 R /StructParents ${page.index} /Tabs /S${areas} >>`,
      pages[page.index],
    );
  }
  const kids = pages.map((page) => `${page} 0 R`).join(' ');
  return file.add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`, tree);

  function writeAnnotation(inside: Writing, annotation: Annotation): Reference {
    const { reference = 0, key = 0 } = annotations.get(annotation) ?? {};
    const { to, words } = annotation.link;
    const target = 'url' in to ? undefined : inside.document.targets[to.heading];
    const action =
      'url' in to ? `/A << /Type /Action /S /URI /URI ${urlString(to.url)} >>` : `/Dest ${destination(inside, target)}`;
    return file.add(
      `<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [${annotation.box.map(number).join(' ')}] ` +
        `/StructParent ${key} /Contents ${textString(words)} ${action} >>`,
      reference,
    );
  }
}

function destination(writing: Writing, target: Target | undefined): string {
  return target ? `[${writing.pages[target.page.index]} 0 R /XYZ null ${number(target.y)} null]` : 'null';
}

interface Entry {
  readonly target: Target;
  readonly reference: Reference;
  readonly below: Entry[];
}

/** The outline beside the pages: sections with their statements below. */
function writeOutline(writing: Writing): Reference {
  const { file, document } = writing;
  const sections: Entry[] = [];
  for (const target of document.targets) {
    const entry = { target, reference: file.reserve(), below: [] };
    const section = sections.at(-1);
    if (section && target.level > section.target.level) section.below.push(entry);
    else sections.push(entry);
  }
  const outline = file.reserve();
  for (const section of sections) writeEntries(section.below, section.reference);
  writeEntries(sections, outline);
  return file.add(`<< /Type /Outlines ${ends(sections)} /Count ${sections.length} >>`, outline);

  function writeEntries(entries: readonly Entry[], parent: Reference): void {
    entries.forEach(({ target, reference, below }, index) => {
      const before = entries[index - 1];
      const after = entries[index + 1];
      const beside = `${before ? ` /Prev ${before.reference} 0 R` : ''}${after ? ` /Next ${after.reference} 0 R` : ''}`;
      const inner = below.length === 0 ? '' : ` ${ends(below)} /Count ${-below.length}`;
      const title = textString(target.title);
      const place = destination(writing, target);
      file.add(`<< /Title ${title} /Parent ${parent} 0 R${beside}${inner} /Dest ${place} >>`, reference);
    });
  }
}

function ends(entries: readonly Entry[]): string {
  return `/First ${entries[0]?.reference} 0 R /Last ${entries.at(-1)?.reference} 0 R`;
}

function dateParts({ madeOn }: FileFacts): { year: string; month: string; day: string } {
  const two = (value: number): string => String(value).padStart(2, '0');
  return { year: String(madeOn.year).padStart(4, '0'), month: two(madeOn.month), day: two(madeOn.day) };
}

function describe(facts: FileFacts): string {
  const { year, month, day } = dateParts(facts);
  const made = `${year}-${month}-${day}T00:00:00Z`;
  const creator =
    facts.organisation === ''
      ? ''
      : `\n   <dc:creator><rdf:Seq><rdf:li>${xml(facts.organisation)}</rdf:li></rdf:Seq></dc:creator>`;
  return `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xml(facts.title)}</rdf:li></rdf:Alt></dc:title>${creator}
   <dc:language><rdf:Bag><rdf:li>${facts.language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreatorTool>Lintel</xmp:CreatorTool>
   <xmp:CreateDate>${made}</xmp:CreateDate>
   <xmp:ModifyDate>${made}</xmp:ModifyDate>
   <pdf:Producer>Lintel</pdf:Producer>
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
