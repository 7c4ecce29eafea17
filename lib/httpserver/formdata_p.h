// SPDX-License-Identifier: MIT
#pragma once

#include <QtHttpServer/qhttpserverrequest.h>

#include <optional>

/// What forms and their addresses carry.
namespace Sojourn::FormData {

/// The first value of \a name in \a encoded, which is application/x-www-form-urlencoded.
[[nodiscard]] std::optional<QByteArray> field(QByteArrayView encoded, QByteArrayView name);
/// The value of \a name in the body of \a request, if that is such a form.
[[nodiscard]] std::optional<QByteArray> formField(const QHttpServerRequest &request, QByteArrayView name);
/// Whether a browser that is sent to \a page stays on this site.
[[nodiscard]] bool isLocalPage(QStringView page);

} // namespace Sojourn::FormData
