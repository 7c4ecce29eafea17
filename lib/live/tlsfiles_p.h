// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>
#include <Sojourn/livetls.h>

#include <QtNetwork/QSslConfiguration>

namespace Sojourn::Wire {

/// What every connection of a server with \a options has.
[[nodiscard]] Result<QSslConfiguration> serverConfiguration(const LiveTlsOptions &options);
/// What a connection to \a address has.
[[nodiscard]] Result<QSslConfiguration> clientConfiguration(const LiveTlsAddress &address);

/// Error::Unsupported where this Qt has no TLS.
[[nodiscard]] Result<void> checkTls();

/// Notices after a minute that the other end has gone without a word, where the system can.
void watchForLoss(QSslSocket &socket);

} // namespace Sojourn::Wire
