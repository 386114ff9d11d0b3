package io.xceptionc.examples.spark;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures of a disc or a square somewhere, in some colours. */
final class DrawnPictures {

    private static final int SIDE = 64;

    private DrawnPictures() {}

    /** Draws so many into a folder, the same ones for the same seed. */
    static void draw(Path folder, int count, long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            boolean disc = random.nextBoolean();
            Path file = folder.resolve((disc ? "disc-" : "square-") + i + ".png");
            ImageIO.write(figure(disc, random), "png", file.toFile());
        }
    }

    private static BufferedImage figure(boolean disc, Random random) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(random.nextInt(80), random.nextInt(80), random.nextInt(80)));
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.setColor(new Color(150 + random.nextInt(100), 150 + random.nextInt(100), 150 + random.nextInt(100)));
        int side = 24 + random.nextInt(20);
        int left = 4 + random.nextInt(SIDE - side - 8);
        int top = 4 + random.nextInt(SIDE - side - 8);
        if (disc) {
            graphics.fillOval(left, top, side, side);
        } else {
            graphics.fillRect(left, top, side, side);
        }
        graphics.dispose();
        return picture;
    }
}
