// SPDX-License-Identifier: MIT
// The search of the site: guides, reference and examples by their whole text. What it looks through is in passages.js, which passages.py
// makes and which is loaded when somebody searches. A page opened with ?search=WORDS begins with a search.
'use strict';
(() => {
    const shown = 30;
    const perPage = 4;
    const shortWord = 3;
    let box, panel, passages = null, selected = -1;

    const withoutPlural = word => word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
    const ofQuestions = new Set('a an can do does for how i in is it me my of on the to what when where which why with'.split(' '));
    function wordsOf(query) {
        const all = query.toLowerCase().match(/[\p{L}\p{N}_]+/gu) || [];
        const telling = all.filter(word => !ofQuestions.has(word));
        return [...new Set((telling.length > 0 ? telling : all).map(withoutPlural))];
    }
    const isLetter = char => /[\p{L}\p{N}_]/u.test(char || '');

    function load(then) {
        if (passages)
            return then();
        const script = document.createElement('script');
        script.src = 'passages.js';
        script.onload = () => {
            passages = window.sojournPassages.map(([page, heading, address, kind, text]) => ({
                page, heading, address, kind, text,
                low: { page: page.toLowerCase(), heading: heading.toLowerCase(), text: text.toLowerCase() },
            }));
            then();
        };
        document.head.append(script);
    }

    // How well a word fits into a text: 3 as a whole, 2 as the beginning of a word, 1 inside one (a short word does not), 0 not at all.
    function fit(text, word) {
        let best = 0;
        for (let at = text.indexOf(word); at >= 0 && best < 3; at = text.indexOf(word, at + 1)) {
            if (isLetter(text[at - 1]))
                best = Math.max(best, word.length > shortWord ? 1 : 0);
            else
                best = Math.max(best, isLetter(text[at + word.length]) ? 2 : 3);
        }
        return best;
    }

    function weigh(passage, words, phrase) {
        const { page, heading, text } = passage.low;
        let weight = 0, met = 0;
        for (const word of words) {
            const value = [0, 8, 20, 30][fit(heading, word)] + [0, 3, 10, 14][fit(page, word)] + [0, 1, 4, 5][fit(text, word)];
            if (value > 0)
                ++met;
            weight += value;
        }
        if (words.length > 1) {
            weight += (heading.includes(phrase) ? 40 : 0) + (page.includes(phrase) ? 25 : 0) + (text.includes(phrase) ? 15 : 0);
            weight += passage.kind === 'Guide' ? 5 : 0; // who writes words has a question
        }
        if (!heading)
            weight += 2 * words.filter(word => fit(page, word) === 3).length; // the page itself before its parts
        return { passage, weight, met };
    }

    function find(query) {
        const words = wordsOf(query);
        const phrase = query.trim().toLowerCase();
        const weighed = passages.map(passage => weigh(passage, words, phrase)).filter(result => result.met > 0);
        const most = Math.max(0, ...weighed.map(result => result.met));
        const onPage = new Map(), texts = new Set();
        const results = weighed.filter(result => result.met === most).sort((a, b) => b.weight - a.weight).filter(({ passage }) => {
            // What a class inherits is told again on its page.
            if (passage.heading && passage.kind === 'Reference' && texts.has(passage.heading + passage.text))
                return false;
            texts.add(passage.heading + passage.text);
            const count = (onPage.get(passage.page) || 0) + 1;
            onPage.set(passage.page, count);
            return count <= perPage;
        });
        return { words, results: results.slice(0, shown), isWhole: most === words.length };
    }

    // The part of the text with the most of the words, with these marked.
    function excerpt(passage, words) {
        const { low, text } = passage;
        let start = 0, most = -1;
        for (const word of words) {
            for (let at = low.text.indexOf(word); at >= 0; at = low.text.indexOf(word, at + 1)) {
                const around = low.text.slice(Math.max(0, at - 30), at + 170);
                const count = words.reduce((sum, other) => sum + fit(around, other), 0);
                if (count > most)
                    [most, start] = [count, Math.max(0, at - 60)];
            }
        }
        if (start > 0)
            start = text.indexOf(' ', start) + 1;
        const line = document.createElement('span');
        line.className = 'search-text';
        const part = (start > 0 ? '… ' : '') + text.slice(start, start + 200) + (text.length > start + 200 ? ' …' : '');
        mark(line, part, words);
        return line;
    }

    function mark(element, text, words) {
        if (words.length === 0)
            return element.append(text);
        const patterns = [...words].sort((a, b) => b.length - a.length)
            .map(word => word.length > shortWord ? word : '(?<![\\p{L}\\p{N}_])' + word);
        const any = new RegExp('(' + patterns.join('|') + ')', 'giu');
        for (const [index, part] of text.split(any).entries()) {
            if (index % 2 === 0) {
                element.append(part);
            } else {
                const marked = document.createElement('mark');
                marked.textContent = part;
                element.append(marked);
            }
        }
    }

    function show() {
        const query = box.value;
        selected = -1;
        box.removeAttribute('aria-activedescendant');
        panel.replaceChildren();
        if (wordsOf(query).length === 0)
            return hide();
        const { words, results, isWhole } = find(query);
        const note = document.createElement('p');
        note.className = 'search-note';
        note.setAttribute('role', 'status');
        if (results.length === 0)
            note.textContent = 'No page has any of these words.';
        else if (!isWhole)
            note.textContent = 'No passage has all of these words; these have most of them.';
        if (note.textContent)
            panel.append(note);
        for (const [index, { passage }] of results.entries()) {
            const link = document.createElement('a');
            link.href = passage.address;
            link.id = 'search-result-' + index;
            link.setAttribute('role', 'option');
            const title = document.createElement('span');
            title.className = 'search-title';
            const separator = passage.kind === 'Reference' ? '::' : ' › ';
            mark(title, passage.page + (passage.heading ? separator + passage.heading : ''), words);
            const kind = document.createElement('span');
            kind.className = 'search-kind';
            kind.textContent = passage.kind;
            link.append(kind, title, excerpt(passage, words));
            panel.append(link);
        }
        panel.hidden = false;
        panel.scrollTop = 0;
        box.setAttribute('aria-expanded', 'true');
    }

    function hide() {
        panel.hidden = true;
        box.setAttribute('aria-expanded', 'false');
    }

    function select(step) {
        const links = panel.querySelectorAll('a');
        if (links.length === 0)
            return;
        links[selected]?.removeAttribute('aria-selected');
        selected = (selected + step + links.length + (selected < 0 && step < 0 ? 1 : 0)) % links.length;
        links[selected].setAttribute('aria-selected', 'true');
        links[selected].scrollIntoView({ block: 'nearest' });
        box.setAttribute('aria-activedescendant', links[selected].id);
    }

    function onKey(event) {
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            select(event.key === 'ArrowDown' ? 1 : -1);
        } else if (event.key === 'Enter') {
            panel.querySelectorAll('a')[Math.max(0, selected)]?.click();
        } else if (event.key === 'Escape') {
            hide();
        }
    }

    function build() {
        const place = document.createElement('div');
        place.id = 'search';
        box = document.createElement('input');
        box.type = 'search';
        box.placeholder = 'Search guides and reference  ( / )';
        for (const [name, value] of Object.entries({ 'aria-label': 'Search guides and reference', role: 'combobox', 'aria-controls': 'search-results',
            'aria-expanded': 'false', 'aria-autocomplete': 'list', autocomplete: 'off', spellcheck: 'false' }))
            box.setAttribute(name, value);
        panel = document.createElement('div');
        panel.id = 'search-results';
        panel.setAttribute('role', 'listbox');
        panel.hidden = true;
        place.append(box, panel);
        document.getElementById('titlearea').append(place);

        box.addEventListener('input', () => load(show));
        box.addEventListener('focus', () => load(() => box.value && show()));
        box.addEventListener('keydown', onKey);
        panel.addEventListener('click', event => event.target.closest('a') && hide());
        document.addEventListener('click', event => place.contains(event.target) || hide());
        document.addEventListener('keydown', event => {
            if (event.key === '/' && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
                event.preventDefault();
                box.focus();
            }
        });
        const wanted = new URLSearchParams(location.search).get('search');
        if (wanted) {
            box.value = wanted;
            load(show);
        }
    }

    document.addEventListener('DOMContentLoaded', build);
})();
