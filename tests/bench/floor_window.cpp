#include <QApplication>
#include <QWidget>

/// The least that a Qt Widgets program can be: one empty window of Confab's size.
int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QWidget window;
    window.resize(1280, 800);
    window.show();
    return application.exec();
}
