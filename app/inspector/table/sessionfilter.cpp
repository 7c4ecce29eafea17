// SPDX-License-Identifier: MIT
#include "sessionfilter.h"

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

bool SessionFilter::concerns(const SessionKey &key, const QString &of) const
{
    return (!user || *user == of) && (keyPrefix.isEmpty() || key.toLatin1().startsWith(keyPrefix));
}

/// JSON text with its strings as people read them: \" is a quotation mark, \u00e9 a letter.
static QString withoutEscapes(QStringView json)
{
    QString text;
    text.reserve(json.size());
    for (qsizetype i = 0; i < json.size(); ++i) {
        if (json[i] != u'\\' || i + 1 == json.size()) {
            text += json[i];
            continue;
        }
        switch (const QChar escaped = json[++i]; escaped.unicode()) {
        case u'n':
            text += u'\n';
            break;
        case u't':
            text += u'\t';
            break;
        case u'r':
            text += u'\r';
            break;
        case u'b':
            text += u'\b';
            break;
        case u'f':
            text += u'\f';
            break;
        case u'u':
            text += QChar(json.mid(i + 1, 4).toUShort(nullptr, 16));
            i += 4;
            break;
        default:
            text += escaped;
        }
    }
    return text;
}

bool SessionFilter::matches(const SessionRecord &record, TimePoint now) const
{
    if (user && *user != record.user)
        return false;
    if (!keyPrefix.isEmpty() && !record.key.toLatin1().startsWith(keyPrefix))
        return false;
    if (state == RotationDue && !record.rotateRequested)
        return false;
    if (state == EndsSoon && record.expiresAt - now > Soon)
        return false;
    if (deadlines && (record.expiresAt < deadlines->first || record.expiresAt >= deadlines->second))
        return false;
    if (text.isEmpty())
        return true;
    bool found = false;
    record.data.forEach([&](QByteArrayView name, QByteArrayView json) {
        const auto contains = [this](const QString &part) { return part.contains(text, Qt::CaseInsensitive); };
        found = found || contains(QString::fromUtf8(name)) || contains(QString::fromUtf8(json))
             || (json.contains('\\') && contains(withoutEscapes(QString::fromUtf8(json))));
    });
    return found;
}

} // namespace Sojourn::Inspector
