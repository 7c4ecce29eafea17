// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayList>
#include <QtCore/QFile>

/// The README's words for the rights of an account: the "ACL SETUSER app ..." that goes on with \a begin, for stores with this
/// prefix.
inline QByteArrayList readmeRights(const QByteArray &begin, const QByteArray &prefix)
{
    QFile readme(QStringLiteral(README_FILE));
    if (!readme.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = readme.readAll();
    const qsizetype at = text.indexOf("ACL SETUSER app on >password " + begin);
    if (at < 0)
        return {};
    qsizetype end = at;
    while (end < text.size() && text[end] != '\n' && text[end] != '`')
        ++end;
    QByteArrayList words = text.sliced(at, end - at).trimmed().replace("sojourn:", prefix).split(' ');
    words.insert(3, "reset");
    return words;
}
