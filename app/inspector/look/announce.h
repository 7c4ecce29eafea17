// SPDX-License-Identifier: MIT
#pragma once

#include <QtGui/QAccessible>
#include <QtWidgets/QWidget>

namespace Sojourn::Inspector {

/// Has a screen reader say \a text, which has just appeared at \a widget.
inline void announce(QWidget *widget, const QString &text)
{
    if (text.isEmpty() || !QAccessible::isActive())
        return;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(widget, text);
#else
    widget->setAccessibleDescription(text); // what an alert of this widget says
    QAccessibleEvent event(widget, QAccessible::Alert);
#endif
    QAccessible::updateAccessibility(&event);
}

} // namespace Sojourn::Inspector
