// SPDX-License-Identifier: MIT
#include "secrets.h"

#include <Sojourn/SessionId>

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

QString withoutSecrets(QString text)
{
    static const QRegularExpression word(u"(?<![A-Za-z0-9_-])-*?([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])"_s);
    static const QRegularExpression password(u"\\b((?:rediss?|live)(?:\\+[a-z]+)?:?/*[^\\s:@/]*:)(?!//)\\S+@"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    qsizetype from = 0;
    for (auto found = word.match(text); found.hasMatch(); found = word.match(text, from)) {
        const bool isId = Sojourn::SessionId::fromCookieValue(found.capturedView(1).toLatin1()).has_value();
        const QString shown = isId ? QString(HiddenId) : found.captured(1);
        from = found.capturedStart(1) + shown.size();
        text.replace(found.capturedStart(1), found.capturedLength(1), shown);
    }
    return text.replace(password, u"\\1…@"_s);
}
