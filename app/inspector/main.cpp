// SPDX-License-Identifier: MIT
#include "arguments.h"
#include "look/inspectorstyle.h"
#include "look/theme.h"
#include "quitsignals.h"
#include "standardstreams.h"
#include "window/mainwindow.h"

#include <Sojourn/Author>
#include <Sojourn/version.h>

#include <QtCore/QLibraryInfo>
#include <QtCore/QTranslator>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyle>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#ifdef Q_OS_WIN
#include <windows.h>
#endif

using namespace Qt::StringLiterals;
using namespace Sojourn::Inspector;

static constexpr const char *Context = "Sojourn::Inspector::MainWindow"; // of the texts here
static constexpr OptionInfo Options[] = {
    {"read-only", nullptr, QT_TRANSLATE_NOOP("Sojourn::Inspector::MainWindow", "Open every store for reading only.")},
    {"color-scheme", "light|dark",
     QT_TRANSLATE_NOOP("Sojourn::Inspector::MainWindow", "light or dark, whatever the system says.")},
    {"help", nullptr, QT_TRANSLATE_NOOP("Sojourn::Inspector::MainWindow", "Show this help.")},
    {"version", nullptr, QT_TRANSLATE_NOOP("Sojourn::Inspector::MainWindow", "Show the version.")},
};

/// Help and version need no display.
static std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    const auto is = [](const char *argument, const char *option) { return std::strcmp(argument, option) == 0; };
    char **const end = std::find_if(argv + 1, argv + argc, [&](const char *argument) { return is(argument, "--"); });
    const bool onlySpeaks = std::any_of(argv + 1, end, [&](const char *argument) {
        return is(argument, "-h") || is(argument, "--help") || is(argument, "-v") || is(argument, "--version");
    });
    if (onlySpeaks)
        return std::make_unique<QCoreApplication>(argc, argv);
    return std::make_unique<QApplication>(argc, argv);
}

static int say(const QString &text)
{
#ifdef Q_OS_WIN
    if (!GetConsoleWindow()) { // a program with windows has no console
        MessageBoxW(nullptr, reinterpret_cast<const wchar_t *>(text.utf16()), L"sojourn-inspector", MB_OK);
        return EXIT_SUCCESS;
    }
#endif
    std::fputs(qPrintable(text), stdout);
    return EXIT_SUCCESS;
}

static QString help()
{
    return helpText(u"sojourn-inspector [OPTIONS] [STORE-URL...]"_s,
                    MainWindow::tr("Shows and changes the sessions of web applications, live.") + u' '
                        + MainWindow::tr("Stores to open: sqlite:PATH, redis://HOST, live:NAME, memory:, or snapshot files."),
                    Options, Context);
}

int main(int argc, char *argv[])
{
    holdStandardStreams();
    const std::unique_ptr<QCoreApplication> application = makeApplication(argc, argv);
    QCoreApplication::setApplicationName(u"sojourn-inspector"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SOJOURN_VERSION_STR));

    QTranslator qtTranslator, translator;
    if (qtTranslator.load(QLocale(), u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&qtTranslator);
    // English is a translation too: it knows one session from two.
    if (translator.load(QLocale(), u"sojourn"_s, u"_"_s, u":/i18n"_s) || translator.load(u":/i18n/sojourn_en.qm"_s))
        QCoreApplication::installTranslator(&translator);

    Sojourn::Author::setTool(u"sojourn-inspector"_s);
    const auto arguments = Arguments::parse(QCoreApplication::arguments().mid(1),
                                            {.options = Options, .hint = MainWindow::tr("Try --help.")});
    if (!arguments) {
        std::fprintf(stderr, "sojourn-inspector: %s\n", qPrintable(arguments.error()));
        return 2;
    }
    const QString scheme = arguments->value(u"color-scheme"_s);
    if (arguments->has(u"color-scheme"_s) && scheme != "light"_L1 && scheme != "dark"_L1) {
        std::fprintf(stderr, "sojourn-inspector: --color-scheme %s: give light or dark.\n", qPrintable(shortened(scheme)));
        return 2;
    }
    if (arguments->has(u"help"_s))
        return say(help());
    if (arguments->has(u"version"_s))
        return say(u"sojourn-inspector " SOJOURN_VERSION_STR "\n"_s);

    auto *app = qobject_cast<QApplication *>(application.get());
    if (!app) // what looked like --help is the value of an option
        return 1;
    app->setDesktopFileName(u"io.github.sojourn.Inspector"_s);
    app->setWindowIcon(Theme::icon(u"sojourn-inspector"_s));
    if (arguments->has(u"color-scheme"_s)) {
        app->setStyle(u"Fusion"_s);
        app->setPalette(Theme::palette(scheme == "dark"_L1));
    }
    if (app->style()->name() == "fusion"_L1) // no other style is tampered with
        app->setStyle(new InspectorStyle);

    MainWindow window(arguments->has(u"read-only"_s));
    // Nobody can be asked any more: what changed a moment ago is saved.
    QObject::connect(app, &QGuiApplication::commitDataRequest, &window, &MainWindow::saveLayout, Qt::DirectConnection);
    new QuitSignals(app, [&window] {
        window.saveLayout();
        QCoreApplication::exit();
    });
    window.show();
    for (const QString &url : arguments->operands)
        window.open(Connection::forUrl(url));
    if (arguments->operands.isEmpty())
        window.openAgain();
    return app->exec();
}
