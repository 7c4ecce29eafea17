// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>

#include <functional>

/// Calls \a quit in the event loop for SIGINT, SIGTERM and SIGHUP (on Windows: Ctrl-C, Ctrl-Break and closing the console).
/// One object a process.
class QuitSignals : public QObject
{
public:
    /// By default the application's event loop quits.
    explicit QuitSignals(QObject *parent, std::function<void()> quit = {});
};
