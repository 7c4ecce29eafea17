// SPDX-License-Identifier: MIT
#include "nearest.h"

#include <QtCore/QList>

#include <algorithm>

namespace {

// How many letters have to be put in, left out, replaced or swapped with their neighbour (optimal string alignment).
qsizetype distance(QStringView a, QStringView b)
{
    QList<qsizetype> beforeLast, last(b.size() + 1), row(b.size() + 1);
    for (qsizetype j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (qsizetype j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
        beforeLast = std::exchange(last, row);
    }
    return last.back();
}

} // namespace

QString nearest(const QString &typed, const QStringList &words)
{
    constexpr qsizetype longest = 40; // nobody mistypes more
    if (typed.isEmpty() || typed.size() > longest)
        return {};
    const QString lower = typed.toLower();
    QString best;
    qsizetype bestDistance = std::max<qsizetype>(2, typed.size() / 2) + 1;
    for (const QString &word : words) {
        const bool begun = lower.size() >= 2 && (word.startsWith(lower) || lower.startsWith(word));
        const qsizetype d = begun ? 1 : distance(lower, word);
        if (d < bestDistance) {
            best = word;
            bestDistance = d;
        }
    }
    return best;
}
