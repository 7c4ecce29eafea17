// SPDX-License-Identifier: MIT
#include "textwidth.h"

#include <QtCore/QList>
#include <QtCore/QTextBoundaryFinder>

#include <algorithm>

namespace {

constexpr char32_t ZeroWidthJoiner = 0x200d;
constexpr char32_t EmojiStyle = 0xfe0f;

// The blocks of https://www.unicode.org/Public/UNIDATA/EastAsianWidth.txt that are wide.
bool isWide(char32_t c)
{
    static constexpr struct
    {
        char32_t first, last;
    } wide[] = {
        {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},   {0x23f0, 0x23f0},   {0x23f3, 0x23f3},
        {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267f, 0x267f},   {0x2693, 0x2693},   {0x26a1, 0x26a1},
        {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26ce, 0x26ce},   {0x26d4, 0x26d4},   {0x26ea, 0x26ea},
        {0x26f2, 0x26f3},   {0x26f5, 0x26f5},   {0x26fa, 0x26fa},   {0x26fd, 0x26fd},   {0x2705, 0x2705},   {0x270a, 0x270b},
        {0x2728, 0x2728},   {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
        {0x27b0, 0x27b0},   {0x27bf, 0x27bf},   {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55},   {0x2e80, 0x303e},
        {0x3041, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
        {0xffe0, 0xffe6},   {0x16fe0, 0x18cff}, {0x1b000, 0x1b2ff}, {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e},
        {0x1f191, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca},
        {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc},
        {0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f54e}, {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4},
        {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2}, {0x1f6d5, 0x1f6d7}, {0x1f6dc, 0x1f6df},
        {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7eb}, {0x1f7f0, 0x1f7f0}, {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945},
        {0x1f947, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd}};
    const auto *const it = std::ranges::lower_bound(wide, c, {}, [](const auto &block) { return block.last; });
    return it != std::end(wide) && c >= it->first;
}

qsizetype characterWidth(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing || category == QChar::Other_Format
        || (c >= 0x1160 && c <= 0x11ff)) // vowels and finals of Hangul, written into the letter before them
        return 0;
    return isWide(c) ? 2 : 1;
}

qsizetype letterWidth(QStringView letter)
{
    qsizetype width = 0;
    bool isWhole = false; // a joined emoji, or a wide letter with what belongs to it
    for (const uint c : letter.toUcs4()) {
        const qsizetype own = characterWidth(static_cast<char32_t>(c));
        isWhole = isWhole || c == EmojiStyle || own == 2;
        width += own;
    }
    return isWhole ? 2 : width;
}

// Calls visit(letter) with what a person sees as one letter, until it returns false.
template<class F>
void forEachLetter(QStringView text, F &&visit)
{
    // Most texts are plain.
    if (std::ranges::all_of(text, [](QChar c) { return c >= u' ' && c < u'\x7f'; })) {
        for (qsizetype i = 0; i < text.size() && visit(text.sliced(i, 1)); ++i) { }
        return;
    }
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype begin = 0;
    while (finder.toNextBoundary() >= 0) {
        const qsizetype end = finder.position();
        // Older releases of Qt part joined emoji.
        if (end < text.size() && text[end - 1] == QChar(ZeroWidthJoiner) && QChar::isHighSurrogate(text[end].unicode()))
            continue;
        if (!visit(text.sliced(begin, end - begin)))
            return;
        begin = end;
    }
}

} // namespace

qsizetype textWidth(QStringView text)
{
    qsizetype width = 0;
    forEachLetter(text, [&width](QStringView letter) {
        width += letterWidth(letter);
        return true;
    });
    return width;
}

QString cutToWidth(const QString &text, qsizetype width)
{
    qsizetype size = 0;
    forEachLetter(text, [&](QStringView letter) {
        width -= letterWidth(letter);
        if (width >= 0)
            size += letter.size();
        return width >= 0;
    });
    return text.first(size);
}
