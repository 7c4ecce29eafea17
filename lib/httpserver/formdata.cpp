// SPDX-License-Identifier: MIT
#include "formdata_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn::FormData {

namespace {

QByteArray decoded(QByteArrayView encoded)
{
    return encoded.toByteArray().replace('+', ' ').percentDecoded();
}

} // namespace

std::optional<QByteArray> field(QByteArrayView encoded, QByteArrayView name)
{
    while (!encoded.isEmpty()) {
        const qsizetype end = encoded.indexOf('&');
        const QByteArrayView pair = end < 0 ? encoded : encoded.first(end);
        encoded = end < 0 ? QByteArrayView() : encoded.sliced(end + 1);
        const qsizetype equals = pair.indexOf('=');
        if (decoded(equals < 0 ? pair : pair.first(equals)) == name)
            return equals < 0 ? QByteArray("") : decoded(pair.sliced(equals + 1));
    }
    return std::nullopt;
}

std::optional<QByteArray> formField(const QHttpServerRequest &request, QByteArrayView name)
{
    const QByteArray type = request.value("Content-Type"_ba);
    const QByteArrayView mime = QByteArrayView(type).first(type.contains(';') ? type.indexOf(';') : type.size()).trimmed();
    if (mime.compare("application/x-www-form-urlencoded", Qt::CaseInsensitive) != 0)
        return std::nullopt;
    return field(request.body(), name);
}

bool isLocalPage(QStringView page)
{
    // Browsers read "\" as "/", "//host" as another site, and skip control characters.
    return page.startsWith(u'/') && !page.startsWith("//"_L1)
        && std::ranges::none_of(page, [](QChar c) { return c == u'\\' || c < u' ' || c == QChar(0x7f); });
}

} // namespace Sojourn::FormData
