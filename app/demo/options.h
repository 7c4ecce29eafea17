// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/LiveTls>
#include <Sojourn/SessionOptions>

#include <QtNetwork/QHostAddress>

#include <expected>

/// What the command line of sojourn-demo asks for.
struct Options
{
    enum class FrontEnd { Hooks, Routes };

    QHostAddress address;
    quint16 port = 0;
    int threads = 1;
    QString store; ///< its URL; empty for the default
    std::optional<std::chrono::milliseconds> storeTimeout;
    FrontEnd frontEnd = FrontEnd::Routes;
    Sojourn::SessionOptions sessions;
    QString live;  ///< empty for the default, "none" for none
    QHostAddress liveTlsAddress; ///< null for none
    quint16 liveTlsPort = 0;
    Sojourn::LiveTlsOptions liveTls;

    /// The options in \a arguments (the program's name first), or one line that says what is wrong with them.
    /// Prints and exits for --help and --version.
    [[nodiscard]] static std::expected<Options, QString> parse(const QStringList &arguments);
};
