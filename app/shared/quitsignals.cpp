// SPDX-License-Identifier: MIT
#include "quitsignals.h"

#include <QtCore/QCoreApplication>

#ifdef Q_OS_UNIX

#include <QtCore/QSocketNotifier>

#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace {

// A signal handler may do little more than write to a pipe; the event loop reads it.
int signalPipe[2];

void tellPipe(int)
{
    const int error = errno;
    [[maybe_unused]] const auto written = ::write(signalPipe[1], "", 1);
    errno = error;
}

} // namespace

QuitSignals::QuitSignals(QObject *parent, std::function<void()> quit) : QObject(parent)
{
    if (::pipe(signalPipe) != 0)
        return; // the signals go on ending the process the hard way
    auto *notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, qApp, [notifier, quit = std::move(quit)] {
        notifier->setEnabled(false); // once is enough
        quit ? quit() : QCoreApplication::quit();
    });
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        std::signal(signal, tellPipe);
}

#elif defined(Q_OS_WIN)

#include <qt_windows.h>

QuitSignals::QuitSignals(QObject *parent, std::function<void()> quit) : QObject(parent)
{
    static std::function<void()> onQuit;
    onQuit = quit ? std::move(quit) : std::function<void()>(&QCoreApplication::quit);
    // Windows calls this in a thread of its own.
    SetConsoleCtrlHandler([](DWORD) -> BOOL { return QMetaObject::invokeMethod(qApp, [] { onQuit(); }, Qt::QueuedConnection); },
                          TRUE);
}

#else

QuitSignals::QuitSignals(QObject *parent, std::function<void()>) : QObject(parent) { }

#endif
