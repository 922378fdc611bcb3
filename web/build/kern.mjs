// Makes web/assets/kern.css of KERN UX's stylesheet:
//  - physical sides become logical ones (margin-left → margin-inline-start), so that right-to-left languages need no second stylesheet;
//  - the utility and grid classes, two thirds of the file, are left out, as the pages do not use them;
//  - comments (but the licence notice) and needless white space go.
// usage: node kern.mjs KERN_DIST_FOLDER OUTPUT
import fs from 'node:fs';
import path from 'node:path';

const [dist, output] = process.argv.slice(2);
const read = (name) => fs.readFileSync(path.join(dist, name), 'utf8');

// A stylesheet as a tree: { head, body } for rules, { head, children } for @media and its kin, { text } for statements like @charset.
function parse(css) {
    css = css.replace(/\/\*[\s\S]*?\*\//g, '');
    let at = 0;
    function string(quote) {
        let text = quote;
        while (at < css.length) {
            const c = css[at++];
            text += c;
            if (c === '\\') text += css[at++];
            else if (c === quote) return text;
        }
        throw new Error('a string is not closed');
    }
    function until(stops) {
        let text = '', depth = 0;
        while (at < css.length) {
            const c = css[at];
            if (depth === 0 && stops.includes(c)) return text;
            at++;
            if (c === '"' || c === "'") text += string(c);
            else { if (c === '(') depth++; if (c === ')') depth--; text += c; }
        }
        return text;
    }
    const nests = (head) => /^@(media|supports|layer|container)\b/.test(head);
    function block() {
        const nodes = [];
        for (;;) {
            const head = until(['{', ';', '}']).trim();
            if (at >= css.length) { if (head) throw new Error('text after the last rule: ' + head); return nodes; }
            const stop = css[at++];
            if (stop === '}') return nodes;
            if (stop === ';') { if (head) nodes.push({ text: head }); continue; }
            if (nests(head)) { nodes.push({ head, children: block() }); continue; }
            if (/^@(keyframes|-webkit-keyframes)/.test(head)) { nodes.push({ head, children: block() }); continue; }
            const body = until(['}']);
            at++;
            nodes.push({ head, body });
        }
    }
    return block();
}

const one = (text) => text.replace(/\s+/g, ' ').trim();
const keyOf = (context, head) => context + '|' + one(head);

function keys(nodes, context = '', found = new Set()) {
    for (const node of nodes) {
        if (node.children) keys(node.children, keyOf(context, node.head), found);
        else if (node.head) found.add(keyOf(context, node.head));
    }
    return found;
}

const sides = [
    [/^(margin|padding)-left$/, '$1-inline-start'], [/^(margin|padding)-right$/, '$1-inline-end'],
    [/^border-left(-width|-color|-style)?$/, 'border-inline-start$1'], [/^border-right(-width|-color|-style)?$/, 'border-inline-end$1'],
    [/^left$/, 'inset-inline-start'], [/^right$/, 'inset-inline-end'],
    [/^border-top-left-radius$/, 'border-start-start-radius'], [/^border-top-right-radius$/, 'border-start-end-radius'],
    [/^border-bottom-left-radius$/, 'border-end-start-radius'], [/^border-bottom-right-radius$/, 'border-end-end-radius'],
];
let replaced = 0;

// Declarations are parted by semicolons outside of strings and parentheses (data: URIs hold both).
function declarations(body) {
    const parts = [];
    let current = '', depth = 0, quote = '';
    for (const c of body) {
        if (quote) { if (c === quote) quote = ''; } else if (c === '"' || c === "'") quote = c; else if (c === '(') depth++; else if (c === ')') depth--;
        if (c === ';' && !quote && depth === 0) { parts.push(current); current = ''; } else current += c;
    }
    parts.push(current);
    return parts.map((part) => part.trim()).filter(Boolean);
}

function logical(declaration) {
    const colon = declaration.indexOf(':');
    let name = declaration.slice(0, colon).trim(), value = declaration.slice(colon + 1).trim();
    if (!name.startsWith('--')) {
        for (const [pattern, to] of sides) if (pattern.test(name)) { name = name.replace(pattern, to); replaced++; break; }
        const moved = value.replace(name === 'text-align' ? /^left\b/ : /^$/, 'start').replace(name === 'text-align' ? /^right\b/ : /^$/, 'end');
        const floated = name === 'float' ? moved.replace(/^left$/, 'inline-start').replace(/^right$/, 'inline-end') : moved;
        if (floated !== value) { replaced++; value = floated; }
    }
    return `${name}:${/url\(/.test(value) ? value : one(value)}`;
}

let dropped = 0;
function write(nodes, unwanted, context = '') {
    let css = '';
    for (const node of nodes) {
        if (node.text !== undefined) { css += node.text + ';\n'; continue; }
        if (node.children) {
            const inside = write(node.children, unwanted, keyOf(context, node.head));
            if (inside) css += `${one(node.head)}{\n${inside}}\n`;
            continue;
        }
        if (unwanted.has(keyOf(context, node.head)) && !/\.kern-sr-only|:root|^\*|^html|^body|^img/.test(node.head)) { dropped++; continue; }
        const rules = declarations(node.body).map(logical);
        if (rules.length) css += `${one(node.head)}{${rules.join(';')}}\n`;
    }
    return css;
}

const unwanted = new Set([...keys(parse(read('kern-utilities.css'))), ...keys(parse(read('kern-grid.css')))]);
const nodes = parse(read('kern.css'));
const css = write(nodes, unwanted).replace('@charset "UTF-8";\n', '');
const notice = `@charset "UTF-8";
/*! KERN UX-Standard, @kern-ux/native 2.7.2, © KERN-Team (Dataport and others), https://www.kern-ux.de, licensed under the EUPL-1.2 (kern.LICENSE.md).
 * Modified for Miteinander by web/build/kern.mjs: physical sides made logical, utility and grid classes and comments left out. Do not edit; see bin/assets. */
`;
fs.writeFileSync(output, notice + css);
console.log(`kern.css: ${replaced} sides made logical, ${dropped} utility rules left out, ${css.length} bytes`);
