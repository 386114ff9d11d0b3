package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.compiler.format.npy.NpyFile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict} of models that yield images: of colours, the class of a pixel is its strongest one. */
class MasksTest {

    private static final String COLOURS = """
            model: colours
            input: {shape: [4, 4, 3], resize: nearest}
            labels: [red, green, blue]
            layers: [relu]
            """;
    private static final int RED = 0xff0000;
    private static final int GREEN = 0x00ff00;
    private static final int BLUE = 0x0000ff;

    @TempDir
    private Path folder;

    private Path model(String name, String spec) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        Invocation compiled =
                Invocation.of("compile", Files.writeString(folder.resolve(name + ".yaml"), spec), "--seed",
                        1, "-o", jar);
        assertEquals(0, compiled.status(), compiled.toString());
        return jar;
    }

    /** A picture of 8 x 4: a quarter red above, green below, and the right half blue. */
    private Path picture(String name) throws IOException {
        BufferedImage picture = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 8; x++) {
                picture.setRGB(x, y, x >= 4 ? BLUE : y < 2 ? RED : GREEN);
            }
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    /** The same with an EXIF that turns it by a quarter, to the right. */
    private Path turned(String name) throws IOException {
        byte[] file = Files.readAllBytes(picture(name));
        byte[] chunk = HexFormat.of().parseHex("0000001a" + "65584966" + "4d4d002a00000008" + "0001"
                + "0112000300000001" + "00060000" + "00000000");
        CRC32 sum = new CRC32();
        sum.update(chunk, 4, chunk.length - 4);
        ByteBuffer whole = ByteBuffer.allocate(file.length + chunk.length + 4).put(file, 0, 33).put(chunk);
        whole.putInt((int) sum.getValue()).put(file, 33, file.length - 33);
        return Files.write(folder.resolve(name), whole.array());
    }

    @Test
    void picturesLieAsTheirExifSaysUnlessAskedOtherwise() throws IOException {
        Path jar = model("colours", COLOURS);
        predict(jar, turned("cat.png"), "--masks", folder.resolve("m"));
        assertEquals("1100\n1100\n1100\n1100\n2222\n2222\n2222\n2222\n", classes("m/cat.mask.png"));
        assertEquals(0xffff0000, ImageIO.read(folder.resolve("m/cat.overlay.png").toFile()).getRGB(3, 0));
        predict(jar, folder.resolve("cat.png"), "--masks", folder.resolve("m"), "--orientation", "stored");
        assertEquals("00002222\n00002222\n11112222\n11112222\n", classes("m/cat.mask.png"));
        assertEquals(new Invocation(2, "", """
                xceptionc: predict: --orientation is upright or stored, not 'left'
                see 'xceptionc help predict'
                """), predict(jar, folder.resolve("cat.png"), "--orientation", "left"));
    }

    private static Path array(Path file, List<Integer> shape, float... values) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file)) {
            NpyFile.writeHeader(shape, stream);
            NpyFile.writeElements(values, stream);
        }
        return file;
    }

    private Invocation predict(Object... words) {
        Object[] all = Stream.concat(Stream.of("predict"), Stream.of(words)).toArray();
        Invocation invocation = Invocation.of(all).without(folder);
        return new Invocation(invocation.status(),
                invocation.out().replaceAll(" +", " ").replaceAll("(\"milliseconds\": )[0-9.]+", "$1#"),
                invocation.err());
    }

    /** The classes of an indexed picture, a digit for each, {@code x} for what was not seen. */
    private String classes(String name) throws IOException {
        BufferedImage mask = ImageIO.read(folder.resolve(name).toFile());
        assertTrue(mask.getColorModel() instanceof IndexColorModel);
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < mask.getHeight(); y++) {
            for (int x = 0; x < mask.getWidth(); x++) {
                int index = mask.getRaster().getSample(x, y, 0);
                text.append(index == 255 ? "x" : Integer.toString(index));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private List<String> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aPictureGetsItsClassesAtItsOwnSize() throws IOException {
        Invocation predicted = predict(model("colours", COLOURS), picture("cat.png"), "--masks", folder.resolve("m"));
        assertEquals(new Invocation(0, """
                input output rank label value time
                cat.png output 1 blue 50.0 % # ms
                 2 red 25.0 %
                 3 green 25.0 %
                cat.png: m/cat.mask.png, m/cat.overlay.png
                """, ""), predicted);
        assertEquals("00002222\n00002222\n11112222\n11112222\n", classes("m/cat.mask.png"));
        BufferedImage mask = ImageIO.read(folder.resolve("m/cat.mask.png").toFile());
        assertEquals(List.of(0xff000000, 0xff800000, 0xff008000),
                List.of(mask.getRGB(0, 0), mask.getRGB(0, 3), mask.getRGB(7, 0)));
        BufferedImage overlay = ImageIO.read(folder.resolve("m/cat.overlay.png").toFile());
        assertEquals(List.of(8, 4), List.of(overlay.getWidth(), overlay.getHeight()));
        assertEquals(List.of(0xffff0000, 0xff408000, 0xff004080),
                List.of(overlay.getRGB(0, 0), overlay.getRGB(0, 3), overlay.getRGB(7, 0)));
    }

    @Test
    void jsonHasTheShareOfEachClassAndTheFiles() throws IOException {
        assertEquals(new Invocation(0, """
                {
                 "model": "colours",
                 "predictions": [ {
                 "input": "cat.png",
                 "milliseconds": #,
                 "outputs": {
                 "output": {
                 "shape": [ 4, 4, 3 ],
                 "classes": [ {
                 "index": 2,
                 "label": "blue",
                 "share": 0.5
                 }, {
                 "index": 0,
                 "label": "red",
                 "share": 0.25
                 } ],
                 "mask": "m/cat.mask.png",
                 "overlay": "m/cat.overlay.png"
                 }
                 }
                 } ]
                }
                """, ""),
                predict(model("colours", COLOURS), picture("cat.png"), "--masks", folder.resolve("m"), "--format",
                        "json", "--top", 2));
    }

    @Test
    void jsonHasAllClassesOfAnImage() throws IOException {
        Path many = model("many", "model: many\ninput: {shape: [1, 7, 7]}\nlayers: [relu]\n");
        float[] each = new float[49];
        for (int i = 0; i < 7; i++) {
            each[i * 8] = 1;
        }
        Path values = array(folder.resolve("v.npy"), List.of(1, 7, 7), each);
        assertEquals(7, predict(many, values, "--format", "json").out().split("\"share\"", -1).length - 1);
        assertEquals(2, predict(many, values, "--format", "json", "--top", 2).out().split("\"share\"", -1).length - 1);
        assertEquals(6, predict(many, values).out().lines().count());
    }

    @Test
    void labelsOfOneChannelMayBeGiven() throws IOException {
        Path sigmoid = model("sigmoid", row("sigmoid", ""));
        Path labels = Files.writeString(folder.resolve("labels.txt"), "ground\ncat\n");
        assertTrue(predict(sigmoid, oneRow(), "--labels", labels).out().contains(" 2 cat 50.0 %"));
        Files.writeString(labels, "ground\ncat\ndog\n");
        assertEquals("""
                labels.txt: error[E105]: has 3 labels, but the network yields 1 channel
                       give one label, that of class 1, or two, of class 0 and class 1
                1 error
                """, predict(sigmoid, oneRow(), "--labels", labels).err());
    }

    @Test
    void whoAsksForNoFilesIsToldOfThem() throws IOException {
        assertEquals("xceptionc: the output is an image, [4, 4, 3], of which the table has the share of each class; "
                + "--masks DIR writes it as pictures, --output OUT.npz its values\n",
                predict(model("colours", COLOURS), picture("cat.png")).err());
    }

    /** Of 8 x 4 the middle 4 x 4 are the network's input. */
    @Test
    void besideACropNothingIsSeen() throws IOException {
        String spec = COLOURS.replace("resize: nearest", "resize: {method: nearest, shorter_side: 4}");
        predict(model("crop", spec), picture("cat.png"), "--masks", folder.resolve("m"));
        assertEquals("xx0022xx\nxx0022xx\nxx1122xx\nxx1122xx\n", classes("m/cat.mask.png"));
        assertEquals(0xffff0000,
                ImageIO.read(folder.resolve("m/cat.overlay.png").toFile()).getRGB(0, 0));
    }

    @Test
    void anArrayGetsAMaskOfTheInputsSize() throws IOException {
        String spec = "model: half\ninput: {shape: [2, 4, 2]}\nlayers: [{avg_pool2d: {kernel: 2}}]\n";
        Path two = array(folder.resolve("two.npy"), List.of(2, 2, 4, 2), 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1,
                0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        Invocation predicted = predict(model("half", spec), two, "--masks", folder.resolve("m"));
        assertTrue(predicted.out().endsWith("two.npy[0]: m/two-0.mask.png\ntwo.npy[1]: m/two-1.mask.png\n"),
                predicted.toString());
        assertEquals(List.of("two-0.mask.png", "two-1.mask.png"), files("m"));
        assertEquals("0011\n0011\n", classes("m/two-0.mask.png"));
        assertEquals("1111\n1111\n", classes("m/two-1.mask.png"));
    }

    private Path oneRow() throws IOException {
        return array(folder.resolve("row.npy"), List.of(1, 4, 1), -2, -0.1f, 0.1f, 2);
    }

    private static String row(String layers, String more) {
        return "model: row\ninput: {shape: [1, 4, 1]}\nlayers: [" + layers + "]\n" + more;
    }

    @Test
    void oneChannelIsALogitUnlessItIsNeverBelowZero() throws IOException {
        Path logit = model("logit", row("{clip: {min: -9, max: 9}}", ""));
        assertEquals(
                """
                        xceptionc: the output has one channel: a pixel is of class 1 where it is 0.0 or more, as for a logit, since the network ends in no function that keeps it above 0; --threshold X takes another bound
                        """,
                predict(logit, oneRow(), "--masks", folder.resolve("m")).err());
        assertEquals("0011\n", classes("m/row.mask.png"));
        Path sigmoid = model("sigmoid", row("sigmoid", "labels: [cat]"));
        assertEquals(new Invocation(0, """
                input output rank label value time
                row.npy output 1 0 50.0 % # ms
                 2 cat 50.0 %
                row.npy: m/row.mask.png
                """,
                """
                        xceptionc: the output has one channel: a pixel is of class 1 where it is 0.5 or more, as for a probability; --threshold X takes another bound
                        """),
                predict(sigmoid, oneRow(), "--masks", folder.resolve("m")));
        assertEquals("0011\n", classes("m/row.mask.png"));
    }

    @Test
    void aBoundCanBeGiven() throws IOException {
        Path sigmoid = model("sigmoid", row("sigmoid", "labels: [ground, cat]"));
        Invocation predicted = predict(sigmoid, oneRow(), "--masks", folder.resolve("m"), "--threshold", "0.8");
        assertTrue(predicted.out().contains(" 1 ground 75.0 %"), predicted.toString());
        assertEquals(
                "xceptionc: the output has one channel: a pixel is of class 1 where it is 0.8 or more, as asked for;"
                        + " --threshold X takes another bound\n",
                predicted.err());
        assertEquals("0001\n", classes("m/row.mask.png"));
        assertTrue(predict(sigmoid, oneRow(), "--threshold", "0.8", "--format", "json").out()
                .contains(" \"threshold\": 0.8,\n"));
        assertEquals(new Invocation(2, "", """
                xceptionc: predict: --threshold is a finite number, not 'NaN'
                see 'xceptionc help predict'
                """), predict(sigmoid, oneRow(), "--threshold", "NaN"));
        assertEquals(new Invocation(2, "", """
                xceptionc: predict: model 'colours' yields [4, 4, 3], no image of one channel with a bound; \
                leave --threshold out
                see 'xceptionc help predict'
                """), predict(model("colours", COLOURS), picture("cat.png"), "--threshold", "1"));
    }

    @Test
    void numbersOfClassesAreTakenAsTheyAre() throws IOException {
        Path argmax = model("argmax", COLOURS.replace("[relu]", "[relu, argmax]"));
        Invocation predicted = predict(argmax, picture("cat.png"), "--masks", folder.resolve("m"));
        assertTrue(predicted.out().contains(" 1 blue 50.0 %"), predicted.toString());
        assertEquals("", predicted.err());
        assertEquals("00002222\n00002222\n11112222\n11112222\n", classes("m/cat.mask.png"));
    }

    @Test
    void eachOfSeveralImagesHasFilesOfItsOwn() throws IOException {
        Path both = model("both", """
                model: both
                input: {shape: [4, 4, 3], resize: nearest}
                layers:
                  - relu: {name: colours}
                  - argmax: {name: number}
                  - global_avg_pool2d: {name: mean, input: colours}
                outputs: [colours, number, mean]
                """);
        predict(both, picture("cat.png"), "--masks", folder.resolve("m"));
        assertEquals(List.of("cat.colours.mask.png", "cat.colours.overlay.png", "cat.number.mask.png",
                "cat.number.overlay.png"), files("m"));
    }

    @Test
    void picturesOfTheSameNameGetNumbers() throws IOException {
        Invocation predicted = predict(model("colours", COLOURS), picture("a/cat.png"), picture("b/cat.png"),
                picture("b/Cat.png.png"), picture("cat-2.png"), "--masks", folder.resolve("m"));
        assertTrue(predicted.out().endsWith("""
                a/cat.png: m/cat.mask.png, m/cat.overlay.png
                b/cat.png: m/cat-2.mask.png, m/cat-2.overlay.png
                b/Cat.png.png: m/Cat.png.mask.png, m/Cat.png.overlay.png
                cat-2.png: m/cat-2-2.mask.png, m/cat-2-2.overlay.png
                """), predicted.toString());
        assertEquals(8, files("m").size());
    }

    @Test
    void aBadPictureHindersNoOther() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.png"), "no picture");
        Invocation predicted =
                predict(model("colours", COLOURS), bad, picture("cat.png"), "--masks", folder.resolve("m"));
        assertEquals(1, predicted.status());
        assertEquals("xceptionc: bad.png: is no picture of a known format, such as JPEG, PNG, GIF, BMP, TIFF or WebP\n",
                predicted.err());
        assertEquals(List.of("cat.mask.png", "cat.overlay.png"), files("m"));
    }

    @Test
    void filesAreReplacedButNotThoseThatAreRead() throws IOException {
        Path jar = model("colours", COLOURS);
        Path m = Files.createDirectory(folder.resolve("m"));
        Files.writeString(m.resolve("cat.mask.png"), "old");
        predict(jar, picture("cat.png"), "--masks", m);
        assertEquals("00002222\n00002222\n11112222\n11112222\n", classes("m/cat.mask.png"));
        assertEquals(new Invocation(1, "",
                "xceptionc: m/cat.mask.png is to be read, so it is not replaced; choose another name\n"),
                predict(jar, m.resolve("cat.mask.png"), folder.resolve("cat.png"), "--masks", m));
        assertEquals(new Invocation(1, "", "xceptionc: m is to be read, and masks in it would be taken for pictures "
                + "next time; choose another folder\n"), predict(jar, m, "--masks", m));
        Files.delete(m.resolve("cat.overlay.png"));
        Files.createDirectory(m.resolve("cat.overlay.png"));
        assertEquals(new Invocation(1, "", "xceptionc: m/cat.overlay.png is no regular file, so it is not replaced\n"),
                predict(jar, folder.resolve("cat.png"), "--masks", m));
    }

    @Test
    void masksGoToAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(new Invocation(1, "", "xceptionc: file is no folder, so nothing can be written there\n"),
                predict(model("colours", COLOURS), picture("cat.png"), "--masks", file));
        assertFalse(Files.exists(folder.resolve("cat.mask.png")));
    }

    @Test
    void aModelWithoutAnImageHasNone() throws IOException {
        Path jar = model("mean", COLOURS.replace("[relu]", "[relu, global_avg_pool2d]"));
        assertEquals(new Invocation(2, "", """
                xceptionc: predict: model 'colours' yields no image but [3], so there is no class of each pixel; \
                leave --masks out
                see 'xceptionc help predict'
                """), predict(jar, picture("cat.png"), "--masks", folder.resolve("m")));
        assertFalse(Files.exists(folder.resolve("m")));
    }

    @Test
    void ofAnInputWithoutAnAnswerNothingIsLeft() throws IOException {
        Path both = model("both", """
                model: both
                input: {shape: [4, 4, 3], resize: nearest}
                layers:
                  - relu: {name: colours}
                  - conv2d: {name: many, filters: 256, kernel: 1}
                outputs: [colours, many]
                """);
        Invocation predicted = predict(both, picture("cat.png"), "--masks", folder.resolve("m"));
        assertEquals(1, predicted.status());
        assertTrue(
                predicted.err().endsWith("xceptionc: cat.png: output 'many' tells class 255; a map of classes has room "
                        + "for 255, from 0 on\n"),
                predicted.toString());
        assertEquals(List.of(), files("m"));
    }

    @Test
    void moreClassesThanAMaskHasRoomForAreRefused() throws IOException {
        String spec = "model: many\ninput: {shape: [1, 2, 256]}\nlayers: [relu]\n";
        Path values = array(folder.resolve("v.npy"), List.of(1, 2, 256), new float[512]);
        assertEquals(
                new Invocation(1, "", "xceptionc: v.npy: output 'output' tells class 255; a map of classes has room "
                        + "for 255, from 0 on\n"),
                predict(model("many", spec), values, "--masks", folder.resolve("m")));
        assertFalse(Files.exists(folder.resolve("m")));
    }
}
